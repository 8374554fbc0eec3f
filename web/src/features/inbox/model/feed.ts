import { isSameDay } from "@/lib/format";
import type { Message } from "./types";

/** What was unread when the talk was opened. */
export interface Unread {
  count: number;
  /** The latest activity by then: what came later was read as it came. */
  until: string;
}

export interface Day {
  key: string;
  sentAt: string;
  messages: Message[];
}

/** The first message of those that were unread; null while it is not loaded, or if none was. */
export function firstUnread(messages: readonly Message[], unread: Unread | null): string | null {
  if (unread === null || unread.count === 0) return null;
  const until = Date.parse(unread.until);
  const theirs = messages.filter(
    ({ direction, sent_at: sentAt }) => direction === "in" && Date.parse(sentAt) <= until,
  );
  return theirs.at(-unread.count)?.id ?? null;
}

/** Messages that came while the end of the talk was out of sight. */
export function newSince(messages: readonly Message[], position: string | null): number {
  if (position === null) return 0;
  return messages.filter((message) => message.direction === "in" && message.position > position)
    .length;
}

export function daysOf(messages: readonly Message[]): Day[] {
  const days: Day[] = [];
  for (const message of messages) {
    const last = days.at(-1);
    if (last && isSameDay(last.sentAt, message.sent_at)) last.messages.push(message);
    else {
      const key = new Date(message.sent_at).toDateString();
      days.push({ key, sentAt: message.sent_at, messages: [message] });
    }
  }
  return days;
}
