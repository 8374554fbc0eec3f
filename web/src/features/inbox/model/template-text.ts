/** What a template may leave to the talk; typed in braces: "{имя}". */
export const templateVariables = [
  "имя",
  "объявление",
  "цена",
  "ссылка",
  "город",
  "менеджер",
  "компания",
] as const;

export type TemplateVariable = (typeof templateVariables)[number];
export type TemplateValues = Partial<Record<TemplateVariable, string>>;

const known = new RegExp(`\\{(${templateVariables.join("|")})\\}`, "gi");

/** The text with what is known in place; what is not stays in its braces. */
export function fillTemplate(text: string, values: TemplateValues): string {
  return text.replace(known, (marked, name: string) => {
    const value = values[name.toLowerCase() as TemplateVariable]?.trim();
    return value ? value : marked;
  });
}

/** The variables that still stand in a text, each once: "{цена}". */
export function unfilledIn(text: string): string[] {
  return [...new Set(text.match(known) ?? [])];
}

/** Where the first of them stands, to be typed over. */
export function firstUnfilled(text: string): { start: number; end: number } | null {
  const [found] = text.matchAll(known);
  return found ? { start: found.index, end: found.index + found[0].length } : null;
}
