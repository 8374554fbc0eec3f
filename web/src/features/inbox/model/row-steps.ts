import type { Mode } from "./types";

export interface Column {
  mode: Mode;
  ids: readonly string[];
}

/** Where the open talk stands, or stood before it left. */
export interface RowPlace {
  id: string;
  mode: Mode;
  index: number;
}

/** An act may take the talk to the other column: its place stays where it was opened. */
export function placeOf(
  columns: readonly Column[],
  id: string | null,
  known: RowPlace | null,
): RowPlace | null {
  if (id === null) return null;
  const before = known?.id === id && columns.some(({ mode }) => mode === known.mode) ? known : null;
  for (const { mode, ids } of columns) {
    const index = ids.indexOf(id);
    if (index !== -1 && (before === null || before.mode === mode)) return { id, mode, index };
  }
  return before;
}

/** The row one step on; without a place, the first of all. */
export function neighbour(
  columns: readonly Column[],
  place: RowPlace | null,
  by: 1 | -1,
): string | null {
  const own = columns.find(({ mode }) => mode === place?.mode);
  if (!place || !own || own.ids.length === 0) {
    return columns.find(({ ids }) => ids.length > 0)?.ids[0] ?? null;
  }
  // Who came after a row that left stands at its place now.
  const isThere = own.ids[place.index] === place.id;
  return own.ids[place.index + (by === 1 && !isThere ? 0 : by)] ?? null;
}
