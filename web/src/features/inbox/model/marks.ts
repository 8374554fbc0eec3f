import type { components } from "@/api/schema";

type MatchRange = components["schemas"]["MatchRange"];

export interface Piece {
  text: string;
  isFound: boolean;
  /** Where it begins, in characters. */
  at: number;
}

/** The text cut where something is found; ranges count characters, not the halves of an emoji. */
export function piecesOf(text: string, ranges: readonly MatchRange[]): Piece[] {
  const letters = Array.from(text);
  const pieces: Piece[] = [];
  let at = 0;
  function take(until: number, isFound: boolean): void {
    if (until > at) pieces.push({ text: letters.slice(at, until).join(""), isFound, at });
    at = Math.max(at, until);
  }
  for (const { start, end } of ranges) {
    take(start, false);
    take(end, true);
  }
  take(letters.length, false);
  return pieces;
}
