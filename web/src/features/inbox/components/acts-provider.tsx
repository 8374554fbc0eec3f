import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { findNextWaiting } from "../api/next-waiting";
import { useCurrentTalkId } from "../hooks/use-current-talk";
import { useTellActs } from "../hooks/use-tell-acts";
import type { Act } from "../model/act";
import type { Command } from "../model/command";
import type { Conversation } from "../model/types";
import type { Question } from "./act-windows";
import { type Acts, ActsContext } from "./acts-context";

// Asked for by a key or a click, never on the first screen.
const ActWindows = lazy(() =>
  import("./act-windows").then((module) => ({ default: module.ActWindows })),
);

/** On the way to who waits next. */
interface Going {
  from: string | null;
  arrival: Promise<Conversation | null>;
}

interface Props {
  onOpen: (id: string) => void;
  /** The talk on the screen is to be left: it would be read at once. */
  onLeave: () => void;
  onPalette: () => void;
  children: ReactNode;
}

export function ActsProvider({ onOpen, onLeave, onPalette, children }: Props) {
  const tell = useTellActs();
  const currentTalkId = useCurrentTalkId();
  const going = useRef<Going | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);

  function perform(talks: readonly Conversation[], act: Act): Promise<readonly Conversation[]> {
    if (act.name === "unread" && talks.some(({ id }) => id === currentTalkId())) onLeave();
    return tell.perform(talks, act);
  }

  function run(command: Command, talks: readonly Conversation[]): void {
    if (talks.length === 0) return;
    if (command === "assign" || command === "snooze" || command === "tags") {
      setQuestion({ about: command, talks });
    } else {
      void perform(talks, { name: command });
    }
  }

  function arrival(): Going["arrival"] | null {
    return going.current?.from === currentTalkId() ? (going.current?.arrival ?? null) : null;
  }

  function openNextWaiting(): void {
    if (arrival()) return;
    const from = currentTalkId();
    const next: Going = { from, arrival: findNextWaiting(from).then(arrive, stay) };
    going.current = next;

    // Whoever has gone elsewhere meanwhile stays there.
    function isWanted(): boolean {
      if (going.current !== next) return false;
      going.current = null;
      return currentTalkId() === from;
    }

    function arrive(talk: Conversation | null): Conversation | null {
      if (!isWanted()) return null;
      if (talk) onOpen(talk.id);
      else tell.nobodyWaits();
      return talk;
    }

    function stay(error: unknown): null {
      if (isWanted()) tell.refused(error);
      return null;
    }
  }

  const acts: Acts = {
    run,
    perform,
    openNextWaiting,
    arrival,
    showKeys: () => setQuestion({ about: "keys" }),
    openPalette: onPalette,
  };
  return (
    <ActsContext value={acts}>
      {children}
      {question && (
        <Suspense>
          <ActWindows question={question} onClose={() => setQuestion(null)} perform={perform} />
        </Suspense>
      )}
    </ActsContext>
  );
}
