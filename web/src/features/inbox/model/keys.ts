import type { Command } from "./command";

/** What the keyboard does in the inbox beside the commands. */
export type Movement = "next-waiting" | "down" | "up" | "select" | "clear" | "reply" | "keys";

/** By the place on the keyboard, so that the layout does not matter: one key may mean a pair. */
const commandsByCode: Record<string, readonly Command[]> = {
  KeyT: ["take-over"],
  KeyB: ["return-to-bot"],
  KeyA: ["assign"],
  KeyE: ["close", "reopen"],
  KeyS: ["unsnooze", "snooze"],
  KeyL: ["tags"],
  KeyU: ["unread"],
  KeyP: ["pin", "unpin"],
};

const movementsByCode: Record<string, Movement> = {
  KeyN: "next-waiting",
  KeyJ: "down",
  ArrowDown: "down",
  KeyK: "up",
  ArrowUp: "up",
  KeyX: "select",
  Escape: "clear",
  KeyR: "reply",
  Enter: "reply",
};

type Pressed = Pick<
  KeyboardEvent,
  "code" | "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat"
>;

/** What of `possible` the pressed key stands for. */
export function commandOf(pressed: Pressed, possible: readonly Command[]): Command | null {
  return commandsOf(pressed).find((command) => possible.includes(command)) ?? null;
}

/** All that the key may stand for, with one talk or another. */
export function commandsOf(pressed: Pressed): readonly Command[] {
  if (isCombined(pressed) || pressed.shiftKey || pressed.repeat) return [];
  return commandsByCode[pressed.code] ?? [];
}

export function movementOf(pressed: Pressed): Movement | null {
  if (isCombined(pressed)) return null;
  // Where the question mark stands differs between layouts; what it is called does not.
  if (pressed.key === "?" || (pressed.code === "Slash" && pressed.shiftKey)) return "keys";
  if (pressed.shiftKey) return null;
  const movement = movementsByCode[pressed.code] ?? null;
  return pressed.repeat && movement !== "down" && movement !== "up" ? null : movement;
}

/** The letter that starts the command, for menus and the list of keys. */
export function keyOf(command: Command): string | undefined {
  const found = Object.entries(commandsByCode).find(([, all]) => all.includes(command));
  return found?.[0].replace("Key", "");
}

export function isPalette(pressed: Pressed): boolean {
  return (pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.code === "KeyK";
}

export function isSelectAll(pressed: Pressed): boolean {
  return (pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.code === "KeyA";
}

/** By its place or by its letter: on some keyboards the slash stands elsewhere. */
export function isSearch(pressed: Pressed): boolean {
  if (isCombined(pressed) || pressed.repeat) return false;
  return pressed.key === "/" || (pressed.code === "Slash" && !pressed.shiftKey);
}

/** Whether the key belongs to what has the focus: a field, a window, a menu. */
export function isTakenBy(target: EventTarget | null): boolean {
  const fields =
    "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable='false'])";
  const windows = "[role=dialog], [role=menu], [role=listbox], [role=separator], [role=slider]";
  return target instanceof Element && target.closest(`${fields}, ${windows}`) !== null;
}

function isCombined({ ctrlKey, metaKey, altKey }: Pressed): boolean {
  return ctrlKey || metaKey || altKey;
}
