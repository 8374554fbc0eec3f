import type { Message } from "./types";

/** How long a reply can be taken back before it leaves. */
export const holdS = 5;

/** Waits, or has just waited, for its sender to change their mind. */
export function isHeld(message: Message): boolean {
  return message.status === "queued" && message.held_until !== null;
}

/** Whole seconds in which the reply can still be taken back; 0 when it cannot. */
export function heldSeconds(message: Message, now: number): number {
  if (message.status !== "queued" || message.held_until === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(message.held_until) - now) / 1000));
}

/** A person's reply that was taken back before it left: its text stands in the field again. */
export function isTakenBack(message: Message): boolean {
  return message.status === "discarded" && message.author.kind === "user";
}

/** The newest reply of `userId` that can still be taken back. */
export function lastHeld(messages: Message[], userId: string, now: number): Message | undefined {
  return messages
    .toSorted((one, other) => (one.position < other.position ? 1 : -1))
    .find((message) => message.author.id === userId && heldSeconds(message, now) > 0);
}
