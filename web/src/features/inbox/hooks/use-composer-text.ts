import { type RefObject, useRef, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { type Edit, insertInto } from "../model/insertion";

/** The text that is being written; whoever adds to it goes through here. */
export interface ComposerText {
  value: string;
  /** What stands there at this moment, also before the screen shows it. */
  latest: () => string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Put the whole text, as typing does. */
  write: (text: string) => void;
  /** Where the next piece goes. */
  selection: () => { start: number; end: number };
  /** Put a piece where the cursor stands, in place of what is selected, and go on typing there. */
  insert: (piece: string) => void;
  /** Put a text in place of all that stands there, or of the part from `start` to `end`. */
  replace: (text: string, start?: number, end?: number) => void;
  clear: () => void;
}

/** Where texts stand while they are written, by talk. */
interface Texts {
  subscribe: (listener: () => void) => () => void;
  text: (conversationId: string) => string;
  write: (conversationId: string, text: string) => void;
}

export function useComposerText(conversationId: string, drafts: Texts): ComposerText {
  const value = useSyncExternalStore(drafts.subscribe, () => drafts.text(conversationId));
  const field = useRef<HTMLTextAreaElement>(null);

  function write(text: string): void {
    drafts.write(conversationId, text);
  }

  function selection(): { start: number; end: number } {
    const { selectionStart: start = 0, selectionEnd: end = 0 } = field.current ?? {};
    // A field that was not touched yet has its cursor before the draft: one goes on behind it.
    const isUntouched = end === 0 && document.activeElement !== field.current;
    return isUntouched ? { start: value.length, end: value.length } : { start, end };
  }

  function edit({ text, cursor }: Edit): void {
    // The cursor can be placed only once the field holds the text.
    flushSync(() => write(text));
    field.current?.focus();
    field.current?.setSelectionRange(cursor, cursor);
  }

  return {
    value,
    latest: () => drafts.text(conversationId),
    field,
    write,
    selection,
    insert: (piece) => {
      const { start, end } = selection();
      edit(insertInto(value, start, end, piece));
    },
    replace: (text, start = 0, end = value.length) => edit(insertInto(value, start, end, text)),
    clear: () => write(""),
  };
}
