import { attachmentIdsIn } from "./pictures";
import type { Message } from "./types";

export interface Sending {
  text: string;
  /** In the order in which they follow the text. */
  pictures: { attachmentId: string; url: string }[];
  /** The same for every attempt to send this text, so that it cannot go out twice. */
  idempotencyKey: string;
  /** The newest message when it was sent: what comes after may be this one. */
  afterPosition: string;
  startedAt: string;
}

/**
 * The texts whose message is not on the screen yet. The event of a message may come before the
 * answer to its POST; then the message itself is shown, not twice. A long text is split, so a
 * message may be its beginning.
 */
export function unseenSendings(sendings: Sending[], messages: Message[]): Sending[] {
  const claimed = new Set<string>();
  return sendings.filter((sending) => {
    const own = messages.find(
      (message) =>
        !claimed.has(message.id) &&
        message.direction === "out" &&
        message.author.kind === "user" &&
        message.position > sending.afterPosition &&
        isPartOf(message, sending),
    );
    if (own) claimed.add(own.id);
    return own === undefined;
  });
}

function isPartOf(message: Message, { text, pictures }: Sending): boolean {
  if (message.type === "image") {
    const shown = attachmentIdsIn(message.content);
    return pictures.some(({ attachmentId }) => shown.includes(attachmentId));
  }
  return message.text !== "" && text.startsWith(message.text.trim());
}

/** Whether what was sent without an answer is among the messages after all. */
export function hasArrived(sending: Sending, messages: Message[], userId: string): boolean {
  return messages.some(
    (message) =>
      message.direction === "out" &&
      message.author.id === userId &&
      message.position > sending.afterPosition &&
      (sending.text === "" ? isPartOf(message, sending) : message.text.trim() === sending.text),
  );
}

/** A reply on its way as this browser kept it; null where that is damaged. */
export function sendingIn(kept: unknown): Sending | null {
  const { text, pictures, idempotencyKey, afterPosition, startedAt } = (kept ??
    {}) as Partial<Sending>;
  if (typeof text !== "string" || typeof startedAt !== "string" || !Array.isArray(pictures)) {
    return null;
  }
  if (typeof idempotencyKey !== "string" || typeof afterPosition !== "string") return null;
  return { text, pictures, idempotencyKey, afterPosition, startedAt };
}

/** Whether this is what failed before: then it goes under the same key, and cannot go out twice. */
export function isSameReply(failed: Sending, text: string, pictures: Sending["pictures"]): boolean {
  const ids = (list: Sending["pictures"]) => list.map(({ attachmentId }) => attachmentId).join();
  return failed.text === text && ids(failed.pictures) === ids(pictures);
}
