import type { InfiniteData } from "@tanstack/react-query";
import type { InboxEvent } from "./inbox-event";
import type { Conversation, ConversationFilter, ConversationPage } from "./types";

interface LoadedPage extends ConversationPage {
  /** Where the page ended when it was read, if that conversation is no longer the last one. */
  end?: Conversation;
}

export type ConversationList = InfiniteData<LoadedPage, string | null>;

// A list of thousands is put in order at every event; its rows stay the same objects meanwhile.
const times = new WeakMap<Conversation, { latest: number; waiting: number }>();

function timesOf(conversation: Conversation): { latest: number; waiting: number } {
  const known = times.get(conversation);
  if (known !== undefined) return known;
  const { last_activity_at: latest, waiting_since: waiting } = conversation;
  const parsed = { latest: Date.parse(latest), waiting: Date.parse(waiting ?? "") };
  times.set(conversation, parsed);
  return parsed;
}

function byLatest(one: Conversation, other: Conversation): number {
  const latest = timesOf(other).latest - timesOf(one).latest;
  if (latest !== 0) return latest;
  if (one.id === other.id) return 0;
  return other.id < one.id ? -1 : 1;
}

function byActivity(one: Conversation, other: Conversation): number {
  return Number(other.is_pinned) - Number(one.is_pinned) || byLatest(one, other);
}

function byWaiting(one: Conversation, other: Conversation): number {
  const { waiting_since: since } = one;
  const { waiting_since: otherSince } = other;
  if (since === null || otherSince === null) {
    return Number(since === null) - Number(otherSince === null) || byLatest(one, other);
  }
  return timesOf(one).waiting - timesOf(other).waiting || byLatest(one, other);
}

/** The dearest listing first; talks about nothing that has a price come last. */
function byPrice(one: Conversation, other: Conversation): number {
  const price = one.listing?.price_minor ?? -1;
  return (other.listing?.price_minor ?? -1) - price || byLatest(one, other);
}

const comparers = { activity: byActivity, waiting: byWaiting, price: byPrice };

/** The server's order. */
function comparerOf({ sort }: Pick<ConversationFilter, "sort">) {
  return comparers[sort ?? "activity"];
}

function belongs(conversation: Conversation, filter: ConversationFilter): boolean {
  const { assignee_id: assignee = conversation.assignee?.id ?? null } = filter;
  const { account_id: account = conversation.channel.account_id } = filter;
  return (
    conversation.mode === filter.mode &&
    conversation.status === filter.status &&
    (!filter.unread || conversation.unread_count > 0) &&
    (!filter.waiting || conversation.waiting_since !== null) &&
    (conversation.assignee?.id ?? null) === assignee &&
    conversation.channel.account_id === account &&
    (filter.tag_id === undefined || conversation.tag_ids.includes(filter.tag_id))
  );
}

function without(pages: LoadedPage[], id: string): LoadedPage[] {
  return pages.map((page) => {
    if (!page.items.some((item) => item.id === id)) return page;
    const items = page.items.filter((item) => item.id !== id);
    // The next page goes on from where this one ended, whoever has left it since.
    const end = page.end ?? page.items.at(-1);
    return end ? { ...page, items, end } : { ...page, items };
  });
}

/** The page whose range holds the conversation; -1 when that range is not loaded yet. */
function pageFor(
  pages: LoadedPage[],
  conversation: Conversation,
  compare: ReturnType<typeof comparerOf>,
): number {
  const found = pages.findIndex((page) => {
    const end = page.end ?? page.items.at(-1);
    return end !== undefined && compare(conversation, end) <= 0;
  });
  if (found !== -1) return found;
  const isComplete = pages.at(-1)?.next_cursor == null;
  return isComplete ? pages.length - 1 : -1;
}

function withInserted(
  pages: LoadedPage[],
  at: number,
  conversation: Conversation,
  compare: ReturnType<typeof comparerOf>,
): LoadedPage[] {
  return pages.map((page, index) =>
    index === at ? { ...page, items: [...page.items, conversation].sort(compare) } : page,
  );
}

/** The newest snapshot: what moved between two page reads stands in both. */
function find(pages: LoadedPage[], id: string): Conversation | undefined {
  let newest: Conversation | undefined;
  for (const page of pages) {
    const found = page.items.find((item) => item.id === id);
    if (found && (!newest || newest.version < found.version)) newest = found;
  }
  return newest;
}

/** Puts a newer snapshot where it belongs: replaced, moved, added or taken out. */
export function placeConversation(
  list: ConversationList,
  filter: ConversationFilter,
  conversation: Conversation,
  seq: number,
  /** What is shown may be a guess of the same version, which this one corrects. */
  isCorrection = false,
): ConversationList {
  const known = find(list.pages, conversation.id);
  if (known && known.version > conversation.version) return list;
  if (known && known.version === conversation.version && !isCorrection) return list;

  const pages = without(list.pages, conversation.id);
  if (!belongs(conversation, filter)) return known ? { ...list, pages } : list;
  const compare = comparerOf(filter);
  const at = pageFor(pages, conversation, compare);
  if (at === -1) return known ? { ...list, pages } : list;
  // The page was read after this event and does not hold the conversation: it has left since.
  if (!known && seq <= (pages[at]?.seq ?? 0)) return list;
  return { ...list, pages: withInserted(pages, at, conversation, compare) };
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
export function flattenList(
  list: ConversationList,
  filter: Pick<ConversationFilter, "sort"> = {},
): Conversation[] {
  const newest = new Map<string, Conversation>();
  for (const item of list.pages.flatMap((page) => page.items)) {
    const known = newest.get(item.id);
    if (!known || known.version < item.version) newest.set(item.id, item);
  }
  return [...newest.values()].sort(comparerOf(filter));
}

/** `flattenList` that gives the same rows again while no page holds others. */
export function flattener(
  filter: Pick<ConversationFilter, "sort">,
): (list: ConversationList) => Conversation[] {
  let held: Conversation[][] = [];
  let rows: Conversation[] = [];
  return (list) => {
    const items = list.pages.map((page) => page.items);
    if (items.length === held.length && items.every((each, at) => each === held[at])) return rows;
    held = items;
    rows = flattenList(list, filter);
    return rows;
  };
}
