export interface Edit {
  text: string;
  /** Where the cursor stands afterwards. */
  cursor: number;
}

/** `piece` in place of what is selected from `start` to `end`. */
export function insertInto(text: string, start: number, end: number, piece: string): Edit {
  return { text: text.slice(0, start) + piece + text.slice(end), cursor: start + piece.length };
}
