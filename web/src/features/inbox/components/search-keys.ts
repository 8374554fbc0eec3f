/** Every place that the search leads to is a link with this mark, in the order of the screen. */
export const resultMark = { "data-search-result": true } as const;

function results(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-search-result]")];
}

/** Whether there was one to go to. */
export function focusResult(where: "first" | "next" | "previous"): boolean {
  const links = results();
  const at = links.indexOf(document.activeElement as HTMLElement);
  const to = where === "first" ? 0 : at + (where === "next" ? 1 : -1);
  const link = links[to];
  link?.focus();
  return link !== undefined;
}

export function focusField(): void {
  document.querySelector<HTMLElement>("input[type=search]")?.focus();
}
