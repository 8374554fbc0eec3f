/** Marks the field of the open talk, so that a key leads there. */
export const replyMark = { "data-reply-field": true } as const;

/** Whether there is one. */
export function focusReply(): boolean {
  const field = document.querySelector<HTMLElement>("[data-reply-field]");
  field?.focus();
  return field !== null;
}
