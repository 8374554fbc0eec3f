import { type RefObject, useEffect } from "react";
import { flushSync } from "react-dom";
import { useReplyDrafts } from "../api/reply-drafts";

const elsewhere = "input, textarea, select, [contenteditable], [role=dialog]";

/**
 * A reply that came back is to be changed: one types on behind it. The button that brought it back
 * is gone, and without the focus in the field the next letters would be shortcuts.
 */
export function useCursorBehindPutBack(
  conversationId: string,
  field: RefObject<HTMLTextAreaElement | null>,
): void {
  const drafts = useReplyDrafts();
  useEffect(
    () =>
      drafts.onPutBack((id) => {
        const element = field.current; // none while a note is written
        if (id !== conversationId || element === null || isTakenElsewhere(element)) return;
        // The cursor can be placed only once the field holds the text.
        flushSync(() => {});
        element.focus();
        element.setSelectionRange(element.value.length, element.value.length);
      }),
    [drafts, conversationId, field],
  );
}

function isTakenElsewhere(field: HTMLTextAreaElement): boolean {
  const focused = document.activeElement;
  return focused !== field && Boolean(focused?.closest(elsewhere));
}
