import { createContext, useContext } from "react";
import type { Act } from "../model/act";
import type { Command } from "../model/command";
import type { Conversation } from "../model/types";

export interface Acts {
  /** Starts a command on the talks; asks first for what it needs. */
  run: (command: Command, talks: readonly Conversation[]) => void;
  /** Does it at once; the answer is the talks that it changed. */
  perform: (talks: readonly Conversation[], act: Act) => Promise<readonly Conversation[]>;
  openNextWaiting: () => void;
  /**
   * The talk that "next" leads to, while the server has not said which: a key that is pressed
   * meanwhile is meant for it. Null where nobody is on the way.
   */
  arrival: () => Promise<Conversation | null> | null;
  showKeys: () => void;
  openPalette: () => void;
}

export const ActsContext = createContext<Acts | null>(null);

/** What the keyboard, the menus, the palette and the selection have in common. */
export function useActs(): Acts {
  const acts = useContext(ActsContext);
  if (!acts) throw new Error("no ActsProvider above");
  return acts;
}
