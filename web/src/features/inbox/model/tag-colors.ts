import type { Tag, TagColor } from "./types";

/** Colours that mean nothing by themselves. */
export const tagColors = [
  "stone",
  "sky",
  "teal",
  "plum",
  "pink",
  "brown",
] as const satisfies readonly TagColor[];

/** For a new tag: the colour that the fewest have. */
export function tagColorFor(tags: readonly Tag[]): TagColor {
  const uses = (color: TagColor) => tags.filter((tag) => tag.color === color).length;
  return tagColors.reduce((best, color) => (uses(color) < uses(best) ? color : best));
}
