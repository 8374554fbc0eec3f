import { talkIdIn } from "../model/address";

/** The focus goes along with the open row, or Enter would press the row that was left. */
export function moveFocusTo(id: string): void {
  const { activeElement: focused } = document;
  if (!(focused instanceof HTMLElement) || !focused.closest("[data-column]")) return;
  const links = document.querySelectorAll<HTMLAnchorElement>("[data-column] a[href]");
  const link = [...links].find(({ pathname }) => talkIdIn(pathname) === id);
  if (link) link.focus({ preventScroll: true });
  else focused.blur(); // it is not drawn yet
}

/** The talk of the row stands beside it already. */
export function isOpenRow(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("[data-column] a[aria-current]") !== null;
}
