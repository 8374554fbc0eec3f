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

/** Goes on from the result that has the focus, else from the one whose talk is open. */
export function openResult(where: "next" | "previous"): void {
  const links = results();
  const focused = links.indexOf(document.activeElement as HTMLElement);
  const at = focused === -1 ? links.findIndex((link) => link.ariaCurrent === "page") : focused;
  const link = at === -1 ? links[0] : links[at + (where === "next" ? 1 : -1)];
  link?.focus();
  link?.click();
}

export function focusField(): void {
  document.querySelector<HTMLElement>("input[type=search]")?.focus();
}
