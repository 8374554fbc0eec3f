import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { loadedRows } from "../api/loaded-rows";
import { conversationListQuery } from "../api/queries";
import { useCurrentTalkId } from "../hooks/use-current-talk";
import { type ConversationList, flattenList } from "../model/conversation-list";
import { extended, kept, type Selection, toggled, whole } from "../model/selection";
import type { Conversation, ConversationFilter, Mode } from "../model/types";

/** Stays the same while rows are chosen: whoever only acts is not drawn again. */
export interface SelectionActs {
  toggle: (mode: Mode, id: string) => void;
  extend: (mode: Mode, id: string) => void;
  selectAll: (mode: Mode) => void;
  clear: () => void;
}

const ActsContext = createContext<SelectionActs | null>(null);
const SelectionContext = createContext<Selection | null>(null);
const FiltersContext = createContext<Record<Mode, ConversationFilter> | null>(null);

interface Place {
  filters: Record<Mode, ConversationFilter>;
  /** The columns on the screen. */
  shown: readonly Mode[];
}

/** Rows can be chosen only where they are seen: what leaves the screen is no longer chosen. */
export function SelectionProvider({ children, ...next }: Place & { children: ReactNode }) {
  const client = useQueryClient();
  const currentTalkId = useCurrentTalkId();
  const [place, setPlace] = useState<Place>(next);
  const [selection, setSelection] = useState<Selection | null>(null);
  const left = useRowsKept(place.filters, selection);

  if (JSON.stringify(place) !== JSON.stringify(next)) {
    setPlace(next);
    if (selection && !isSameColumn(selection.mode, place, next)) setSelection(null);
  } else if (left !== selection) {
    setSelection(left);
  }

  const { filters } = place;
  const acts = useMemo<SelectionActs>(() => {
    const rowIds = (mode: Mode) => loadedRows(client, filters[mode]).map(({ id }) => id);
    return {
      toggle: (mode, id) => setSelection((known) => toggled(known, mode, id)),
      extend: (mode, id) =>
        setSelection((known) => extended(known, mode, rowIds(mode), id, currentTalkId())),
      selectAll: (mode) => setSelection(whole(mode, rowIds(mode))),
      clear: () => setSelection(null),
    };
  }, [client, currentTalkId, filters]);

  return (
    <FiltersContext value={filters}>
      <ActsContext value={acts}>
        <SelectionContext value={selection}>{children}</SelectionContext>
      </ActsContext>
    </FiltersContext>
  );
}

function isSameColumn(mode: Mode, { filters }: Place, next: Place): boolean {
  const isSame = JSON.stringify(filters[mode]) === JSON.stringify(next.filters[mode]);
  return isSame && next.shown.includes(mode);
}

/** The selection without the rows that are no longer in their column. */
function useRowsKept(filters: Place["filters"], selection: Selection | null): Selection | null {
  const select = useCallback(
    (list: ConversationList) =>
      selection &&
      kept(
        selection,
        flattenList(list).map(({ id }) => id),
      ),
    [selection],
  );
  const { data = selection } = useList(filters[selection?.mode ?? "bot"], select);
  return selection && data;
}

/** What the column has loaded; the column itself asks for it. */
function useList<Data>(filter: ConversationFilter, select: (list: ConversationList) => Data) {
  return useInfiniteQuery({ ...conversationListQuery(filter), select, enabled: false });
}

export function useSelectionActs(): SelectionActs {
  const acts = useContext(ActsContext);
  if (!acts) throw new Error("no SelectionProvider above");
  return acts;
}

export function useSelection(): SelectionActs & { selection: Selection | null } {
  return { ...useSelectionActs(), selection: useContext(SelectionContext) };
}

/** The chosen rows as they are now. */
export function useChosen(): Conversation[] {
  const filters = useContext(FiltersContext);
  if (!filters) throw new Error("no SelectionProvider above");
  const selection = useContext(SelectionContext);
  const filter = filters[selection?.mode ?? "bot"];
  const select = useCallback(
    (list: ConversationList) =>
      flattenList(list, filter).filter(({ id }) => selection?.ids.has(id)),
    [filter, selection],
  );
  const { data } = useList(filter, select);
  return data ?? [];
}
