import type { InfiniteData } from "@tanstack/react-query";
import type { InboxEvent } from "./inbox-event";
import type { Conversation, ConversationFilter, ConversationPage } from "./types";

export type ConversationList = InfiniteData<ConversationPage, string | null>;

/** The server's order: pinned first, then the latest activity. */
export function compareConversations(one: Conversation, other: Conversation): number {
  const pinned = Number(other.is_pinned) - Number(one.is_pinned);
  if (pinned !== 0) return pinned;
  const latest = Date.parse(other.last_activity_at) - Date.parse(one.last_activity_at);
  if (latest !== 0) return latest;
  return other.id < one.id ? -1 : 1;
}

function belongs(conversation: Conversation, filter: ConversationFilter): boolean {
  return conversation.mode === filter.mode && conversation.status === filter.status;
}

function without(pages: ConversationPage[], id: string): ConversationPage[] {
  return pages.map((page) =>
    page.items.some((item) => item.id === id)
      ? { ...page, items: page.items.filter((item) => item.id !== id) }
      : page,
  );
}

/** The page whose range holds the conversation; -1 when that range is not loaded yet. */
function pageFor(pages: ConversationPage[], conversation: Conversation): number {
  const found = pages.findIndex((page) => {
    const last = page.items.at(-1);
    return last !== undefined && compareConversations(conversation, last) < 0;
  });
  if (found !== -1) return found;
  const isComplete = pages.at(-1)?.next_cursor == null;
  return isComplete ? pages.length - 1 : -1;
}

function withInserted(
  pages: ConversationPage[],
  at: number,
  conversation: Conversation,
): ConversationPage[] {
  return pages.map((page, index) =>
    index === at
      ? { ...page, items: [...page.items, conversation].sort(compareConversations) }
      : page,
  );
}

function find(pages: ConversationPage[], id: string): Conversation | undefined {
  for (const page of pages) {
    const found = page.items.find((item) => item.id === id);
    if (found) return found;
  }
}

/** Puts a newer snapshot where it belongs: replaced, moved, added or taken out. */
export function placeConversation(
  list: ConversationList,
  filter: ConversationFilter,
  conversation: Conversation,
  seq: number,
): ConversationList {
  const known = find(list.pages, conversation.id);
  if (known && known.version >= conversation.version) return list;

  const pages = without(list.pages, conversation.id);
  if (!belongs(conversation, filter)) return known ? { ...list, pages } : list;
  const at = pageFor(pages, conversation);
  if (at === -1) return known ? { ...list, pages } : list;
  // The page was read after this event and does not hold the conversation: it has left since.
  if (!known && seq <= (pages[at]?.seq ?? 0)) return list;
  return { ...list, pages: withInserted(pages, at, conversation) };
}

export function applyEventToList(
  list: ConversationList,
  filter: ConversationFilter,
  event: InboxEvent,
): ConversationList {
  const placed = placeConversation(list, filter, event.conversation, event.seq);
  if (placed.pages.every((page) => page.seq >= event.seq)) return placed;
  return {
    ...placed,
    pages: placed.pages.map((page) => (page.seq >= event.seq ? page : { ...page, seq: event.seq })),
  };
}

/** One flat list. A conversation that moved between two page reads stands once, newest snapshot. */
export function flattenList(list: ConversationList): Conversation[] {
  const newest = new Map<string, Conversation>();
  for (const item of list.pages.flatMap((page) => page.items)) {
    const known = newest.get(item.id);
    if (!known || known.version < item.version) newest.set(item.id, item);
  }
  return [...newest.values()].sort(compareConversations);
}
