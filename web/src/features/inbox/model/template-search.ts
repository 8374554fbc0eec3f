import type { Template } from "./types";

export interface Slash {
  /** Where the slash stands. */
  start: number;
  end: number;
  /** What is typed behind it. */
  query: string;
}

const longest = 32;

/**
 * The shortcut that is being typed before the cursor: a slash at the start of a word. The key of
 * the slash gives a full stop in the Russian layout; at the very start it is taken for one.
 */
export function slashAt(text: string, cursor: number): Slash | null {
  const before = text.slice(0, cursor);
  const [, word] = /(?:^|\s)(\/[^\s/]*)$/.exec(before) ?? /^(\.[^\s./]*)$/.exec(before) ?? [];
  if (word === undefined || word.length > longest + 1) return null;
  return { start: cursor - word.length, end: cursor, query: word.slice(1).toLowerCase() };
}

/** By shortcut first, then by title, then by text. */
export function searchTemplates(templates: Template[], query: string): Template[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return templates;
  const places = templates.map((template) => ({ template, place: placeOf(template, wanted) }));
  return places
    .filter(({ place }) => place !== null)
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0))
    .map(({ template }) => template);
}

function placeOf({ shortcut, title, text }: Template, wanted: string): number | null {
  if (shortcut === wanted) return 0;
  if (shortcut.startsWith(wanted)) return 1;
  if (title.toLowerCase().startsWith(wanted)) return 2;
  if (shortcut.includes(wanted) || title.toLowerCase().includes(wanted)) return 3;
  return text.toLowerCase().includes(wanted) ? 4 : null;
}
