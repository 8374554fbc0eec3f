import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { loadedRows } from "../api/loaded-rows";
import { extended, type Selection, toggled, whole } from "../model/selection";
import type { Conversation, ConversationFilter, Mode } from "../model/types";

export interface SelectionActs {
  selection: Selection | null;
  /** The chosen rows that are still in their column. */
  chosen: () => Conversation[];
  toggle: (mode: Mode, id: string) => void;
  extend: (mode: Mode, id: string) => void;
  selectAll: (mode: Mode) => void;
  clear: () => void;
}

const SelectionContext = createContext<SelectionActs | null>(null);

interface Props {
  filters: Record<Mode, ConversationFilter>;
  openId: string | null;
  children: ReactNode;
}

export function SelectionProvider({ filters, openId, children }: Props) {
  const client = useQueryClient();
  const [selection, setSelection] = useState<Selection | null>(null);

  const rowIds = (mode: Mode) => loadedRows(client, filters[mode]).map(({ id }) => id);

  const acts: SelectionActs = {
    selection,
    chosen: () =>
      selection
        ? loadedRows(client, filters[selection.mode]).filter(({ id }) => selection.ids.has(id))
        : [],
    toggle: (mode, id) => setSelection((known) => toggled(known, mode, id)),
    extend: (mode, id) => setSelection((known) => extended(known, mode, rowIds(mode), id, openId)),
    selectAll: (mode) => setSelection(whole(mode, rowIds(mode))),
    clear: () => setSelection(null),
  };
  return <SelectionContext value={acts}>{children}</SelectionContext>;
}

export function useSelection(): SelectionActs {
  const acts = useContext(SelectionContext);
  if (!acts) throw new Error("no SelectionProvider above");
  return acts;
}
