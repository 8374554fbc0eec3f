import { useWindowEvent } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import { loadedRows } from "../api/loaded-rows";
import { isTakenBy } from "../model/keys";
import { neighbour, placeOf, type RowPlace } from "../model/row-steps";
import type { ConversationFilter, Mode } from "../model/types";
import { useCurrentTalkId } from "./use-current-talk";

interface Wanted {
  filters: Record<Mode, ConversationFilter>;
  shown: readonly Mode[];
  /** The talk on the screen. */
  openId: string | null;
}

/** The row above or below the open one; where that one stood, if it has left its column since. */
export function useRowSteps({ filters, shown, openId }: Wanted): (by: 1 | -1) => string | null {
  const client = useQueryClient();
  const currentTalkId = useCurrentTalkId();
  const place = useRef<RowPlace | null>(null);

  function columns() {
    return shown.map((mode) => ({
      mode,
      ids: loadedRows(client, filters[mode]).map(({ id }) => id),
    }));
  }

  // Whatever may take the row away begins with a key or a press, or comes after it was opened.
  function remember(): void {
    place.current = placeOf(columns(), currentTalkId(), place.current);
  }
  const onOpened = useEffectEvent(remember);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another talk stands on the screen
  useEffect(() => onOpened(), [openId]);
  useWindowEvent(
    "keydown",
    ({ target }) => {
      if (!isTakenBy(target)) remember();
    },
    { capture: true },
  );
  useWindowEvent("pointerdown", remember, { capture: true });

  return (by) => {
    remember();
    return neighbour(columns(), place.current, by);
  };
}
