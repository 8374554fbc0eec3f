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
  ask: () => void;
  cancel: () => void;
  /** Put back what stood in the field before. */
  giveBack: () => void;
  close: () => void;
}

/** The agent's answer, put into the field to be looked over. */
export function useSuggestion(conversationId: string, text: ComposerText): Suggestion {
  const asked = useRef<AbortController>(null);
  const [replaced, setReplaced] = useState<string | null>(null);
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
    asked.current = controller;
    think.mutate(controller.signal, {
      onSuccess: (thought) => {
        if (thought.text == null || controller.signal.aborted) return;
        // Read only now: one may have typed while the agent thought.
        const typed = text.field.current?.value ?? "";
        setReplaced(typed.trim() === "" ? null : typed);
        text.replace(thought.text, 0, typed.length);
      },
    });
  }

  function close(): void {
    think.reset();
    setReplaced(null);
  }

  return {
    isThinking: think.isPending,
    thought: think.data ?? null,
    error: think.error,
    replaced,
    ask,
    cancel: () => {
      asked.current?.abort();
      close();
    },
    giveBack: () => {
      text.replace(replaced ?? "");
      close();
    },
    close,
  };
}
