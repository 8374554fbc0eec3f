import type { InfiniteData } from "@tanstack/react-query";
import type { Message, MessagePage } from "./types";

export type MessageList = InfiniteData<MessagePage, string | null>;

function isLater(one: Message, other: Message): boolean {
  return one.position > other.position;
}

function replaced(list: MessageList, message: Message): MessageList {
  return {
    ...list,
    pages: list.pages.map((page) =>
      page.items.some((item) => item.id === message.id)
        ? { ...page, items: page.items.map((item) => (item.id === message.id ? message : item)) }
        : page,
    ),
  };
}

/** Puts a newer snapshot into pages that run from the newest message to the oldest loaded one. */
export function placeMessage(list: MessageList, message: Message): MessageList {
  const known = list.pages.flatMap((page) => page.items).find((item) => item.id === message.id);
  if (known) {
    if (known.version >= message.version) return list;
    // Delivery may settle its place anew: a position that changed is placed as if it were new.
    if (known.position === message.position) return replaced(list, message);
    return placeMessage(withoutMessage(list, message.id), message);
  }

  if (isBeyondNewest(list, message)) return list;
  const found = list.pages.findIndex((page) => {
    const oldest = page.items.at(-1);
    return oldest !== undefined && isLater(message, oldest);
  });
  const isComplete = list.pages.at(-1)?.next_cursor == null;
  const at = found === -1 && isComplete ? list.pages.length - 1 : found;
  if (at === -1) return list;
  return {
    ...list,
    pages: list.pages.map((page, index) =>
      index === at
        ? {
            ...page,
            items: [...page.items, message].sort((a, b) => (isLater(a, b) ? -1 : 1)),
          }
        : page,
    ),
  };
}

/** Whether the message comes after newer ones that are not loaded. */
function isBeyondNewest({ pages }: MessageList, message: Message): boolean {
  const [first] = pages;
  const newest = first?.items[0];
  return first?.previous_cursor != null && newest !== undefined && isLater(message, newest);
}

export function withoutMessage(list: MessageList, id: string): MessageList {
  return {
    ...list,
    pages: list.pages.map((page) => ({
      ...page,
      items: page.items.filter((item) => item.id !== id),
    })),
  };
}

/** Oldest first, each message once. */
export function flattenMessages(list: MessageList): Message[] {
  const newest = new Map<string, Message>();
  for (const item of list.pages.flatMap((page) => page.items)) {
    const known = newest.get(item.id);
    if (!known || known.version < item.version) newest.set(item.id, item);
  }
  return [...newest.values()].sort((a, b) => (isLater(a, b) ? 1 : -1));
}
