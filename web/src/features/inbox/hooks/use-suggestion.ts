import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, bodyOf } from "@/lib/api-client";
import type { Thought } from "../model/types";
import type { ComposerText } from "./use-composer-text";

export interface Suggestion {
  isThinking: boolean;
  thought: Thought | null;
  error: Error | null;
  /** What stood in the field before; null when nothing did. */
  replaced: string | null;
  /** An answer that waits beside the field, for one has gone on writing there. */
  offered: string | null;
  ask: () => void;
  cancel: () => void;
  /** Put back what stood in the field before. */
  giveBack: () => void;
  /** Put the offered answer where the cursor stands. */
  insert: () => void;
  close: () => void;
}

/** The agent's answer, put into the field to be looked over. */
export function useSuggestion(conversationId: string, text: ComposerText): Suggestion {
  const asked = useRef<AbortController>(null);
  const [replaced, setReplaced] = useState<string | null>(null);
  const [offered, setOffered] = useState<string | null>(null);
  const think = useMutation({
    mutationFn: (signal: AbortSignal) =>
      bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/suggestion", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });

  function ask(): void {
    if (think.isPending) return;
    const controller = new AbortController();
    const before = text.latest();
    asked.current = controller;
    setOffered(null);
    think.mutate(controller.signal, {
      onSuccess: (thought) => {
        if (thought.text == null || controller.signal.aborted) return;
        // While one goes on writing, or writes a note instead, nothing changes under the fingers.
        if (text.latest() !== before || text.field.current === null) {
          setOffered(thought.text);
          return;
        }
        setReplaced(before.trim() === "" ? null : before);
        text.replace(thought.text, 0, before.length);
      },
    });
  }

  function close(): void {
    think.reset();
    setReplaced(null);
    setOffered(null);
  }

  return {
    isThinking: think.isPending,
    thought: think.data ?? null,
    error: think.error,
    replaced,
    offered,
    ask,
    cancel: () => {
      asked.current?.abort();
      close();
    },
    giveBack: () => {
      text.replace(replaced ?? "");
      close();
    },
    insert: () => {
      text.insert(offered ?? "");
      setOffered(null);
    },
    close,
  };
}
