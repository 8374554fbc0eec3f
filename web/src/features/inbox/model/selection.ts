import type { Mode } from "./types";

/** Rows of one column that are chosen together. */
export interface Selection {
  mode: Mode;
  ids: ReadonlySet<string>;
  /** Where a range begins. */
  anchor: string;
}

/** Adds the row or takes it out; a row of another column begins anew. */
export function toggled(known: Selection | null, mode: Mode, id: string): Selection | null {
  const ids = new Set(known?.mode === mode ? known.ids : []);
  if (!ids.delete(id)) ids.add(id);
  return ids.size === 0 ? null : { mode, ids, anchor: id };
}

/** Adds all from the anchor to the row; without an anchor in the column, the row alone. */
export function extended(
  known: Selection | null,
  mode: Mode,
  rows: readonly string[],
  id: string,
  /** Where the range begins if nothing is chosen yet: the open talk. */
  from: string | null,
): Selection {
  const anchor = known?.mode === mode ? known.anchor : (from ?? id);
  const start = rows.indexOf(anchor);
  const end = rows.indexOf(id);
  const range =
    start === -1 || end === -1 ? [id] : rows.slice(Math.min(start, end), Math.max(start, end) + 1);
  const before = known?.mode === mode ? known.ids : [];
  return { mode, ids: new Set([...before, ...range]), anchor: start === -1 ? id : anchor };
}

export function whole(mode: Mode, rows: readonly string[]): Selection | null {
  const [first] = rows;
  return first === undefined ? null : { mode, ids: new Set(rows), anchor: first };
}

/** Without the rows that have left the column; null when none is left. */
export function kept(known: Selection, rows: readonly string[]): Selection | null {
  const there = new Set(rows);
  const ids = [...known.ids].filter((id) => there.has(id));
  if (ids.length === known.ids.size) return known;
  return ids.length === 0 ? null : { ...known, ids: new Set(ids) };
}
