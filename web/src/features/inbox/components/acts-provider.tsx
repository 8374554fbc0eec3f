import { lazy, type ReactNode, Suspense, useState } from "react";
import { findNextWaiting } from "../api/next-waiting";
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

interface Props {
  openId: string | null;
  onOpen: (id: string) => void;
  /** The talk on the screen is to be left: it would be read at once. */
  onLeave: () => void;
  onPalette: () => void;
  children: ReactNode;
}

export function ActsProvider({ openId, onOpen, onLeave, onPalette, children }: Props) {
  const tell = useTellActs();
  const [question, setQuestion] = useState<Question | null>(null);

  function perform(talks: readonly Conversation[], act: Act): void {
    if (act.name === "unread" && talks.some(({ id }) => id === openId)) onLeave();
    void tell.perform(talks, act);
  }

  function run(command: Command, talks: readonly Conversation[]): void {
    if (talks.length === 0) return;
    if (command === "assign" || command === "snooze" || command === "tags") {
      setQuestion({ about: command, talks });
    } else {
      perform(talks, { name: command });
    }
  }

  async function openNextWaiting(): Promise<void> {
    try {
      const next = await findNextWaiting(openId);
      if (next) onOpen(next.id);
      else tell.nobodyWaits();
    } catch (error) {
      tell.refused(error);
    }
  }

  const acts: Acts = {
    run,
    perform,
    openNextWaiting: () => void openNextWaiting(),
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
