import { contentOf } from "./content";
import type { Message } from "./types";

export interface Photo {
  /** Of its message. */
  id: string;
  full: string;
  sentAt: string;
  isOut: boolean;
}

/** The pictures of a talk in its order. */
export function photosOf(messages: readonly Message[]): Photo[] {
  return messages.flatMap((message) => {
    const content = contentOf(message);
    if (content.kind !== "image") return [];
    const { id, sent_at: sentAt, direction } = message;
    return [{ id, full: content.full, sentAt, isOut: direction === "out" }];
  });
}
