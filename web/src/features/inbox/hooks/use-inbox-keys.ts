import { useWindowEvent } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useCanWrite, useMe } from "@/lib/current-user";
import { knownTalk } from "../api/known-talks";
import { loadedRows } from "../api/loaded-rows";
import { useActs } from "../components/acts-context";
import { focusReply } from "../components/reply-field";
import { isOpenRow, moveFocusTo } from "../components/row-focus";
import { openResult } from "../components/search-keys";
import { useSelection } from "../components/selection-context";
import { commandsFor } from "../model/command";
import {
  commandOf,
  commandsOf,
  isSelectAll,
  isTakenBy,
  type Movement,
  movementOf,
} from "../model/keys";
import { type Conversation, type ConversationFilter, type Mode, modes } from "../model/types";
import { useCurrentTalkId } from "./use-current-talk";
import { useRowSteps } from "./use-row-steps";

// A key that is held passes the talks no faster than they can be shown.
const repeatMs = 150;

interface Wanted {
  filters: Record<Mode, ConversationFilter>;
  /** The columns on the screen. */
  shown: readonly Mode[];
  /** What a search found stands in place of the columns. */
  isSearching: boolean;
  /** The talk on the screen. */
  openId: string | null;
  onOpen: (id: string) => void;
}

/** One key for each act on the chosen rows or the open talk, while no field has the focus. */
export function useInboxKeys(wanted: Wanted): void {
  const { filters, shown, isSearching, openId, onOpen } = wanted;
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const { user } = useMe();
  const acts = useActs();
  const currentTalkId = useCurrentTalkId();
  const steppedAt = useRef(0);
  const nextRow = useRowSteps(wanted);
  const { selection, toggle, selectAll, clear } = useSelection();

  function open(): Conversation[] {
    const id = currentTalkId();
    const talk = id !== null && knownTalk(client, id);
    return talk ? [talk] : [];
  }

  function chosen(): Conversation[] {
    if (!selection) return [];
    const rows = loadedRows(client, filters[selection.mode]);
    return rows.filter(({ id }) => selection.ids.has(id));
  }

  function step(by: 1 | -1): void {
    steppedAt.current = Date.now();
    if (isSearching) {
      openResult(by === 1 ? "next" : "previous");
      return;
    }
    const next = nextRow(by);
    if (next === null) return;
    onOpen(next);
    moveFocusTo(next);
  }

  function selectOpen(): void {
    const current = currentTalkId();
    const mode = shown.find((one) =>
      loadedRows(client, filters[one]).some(({ id }) => id === current),
    );
    if (mode && current) toggle(mode, current);
  }

  /** Whether the key meant anything here. */
  function move(movement: Movement): boolean {
    switch (movement) {
      case "next-waiting":
        acts.openNextWaiting();
        return true;
      case "down":
      case "up":
        step(movement === "down" ? 1 : -1);
        return true;
      case "select":
        if (canWrite) selectOpen();
        return canWrite;
      case "clear":
        if (selection === null) return false;
        clear();
        return true;
      case "reply":
        // Until its own stands there, the words would go to the talk that is left.
        return openId === currentTalkId() && focusReply();
      case "keys":
        acts.showKeys();
        return true;
    }
  }

  function columnOf(target: EventTarget | null): Mode | undefined {
    const column = target instanceof Element && target.closest("[data-column]");
    const name = column instanceof HTMLElement ? column.dataset.column : undefined;
    return modes.find((mode) => mode === name);
  }

  /** Whether the key stands for something that can be done with the talks. */
  function start(event: KeyboardEvent, talks: readonly Conversation[]): boolean {
    const possible = [...new Set(talks.flatMap((talk) => commandsFor(talk, user.id)))];
    const command = commandOf(event, possible);
    if (!command) return false;
    const fitting = talks.filter((talk) => commandsFor(talk, user.id).includes(command));
    acts.run(command, fitting);
    return true;
  }

  useWindowEvent("keydown", (event) => {
    if (event.defaultPrevented || isTakenBy(event.target)) return;
    const column = columnOf(event.target);
    if (isSelectAll(event)) {
      const mode = column ?? selection?.mode;
      if (!mode || !canWrite) return;
      event.preventDefault();
      selectAll(mode);
      return;
    }
    const movement = movementOf(event);
    if (event.repeat && Date.now() - steppedAt.current < repeatMs) {
      if (movement) event.preventDefault();
      return;
    }
    if (movement) {
      // Elsewhere the arrows scroll what has the focus.
      const isArrow = event.code.startsWith("Arrow");
      if (isArrow && !column && event.target !== document.body) return;
      // Any other button or link that has the focus is pressed by Enter.
      const isFree = event.target === document.body || isOpenRow(event.target);
      if (event.code === "Enter" && !isFree) return;
      if (move(movement)) event.preventDefault();
      return;
    }
    if (!canWrite || commandsOf(event).length === 0) return;
    const arrival = selection ? null : acts.arrival();
    if (arrival) {
      event.preventDefault();
      void arrival.then((talk) => talk && start(event, [knownTalk(client, talk.id) ?? talk]));
    } else if (start(event, selection ? chosen() : open())) {
      event.preventDefault();
    }
  });
}
