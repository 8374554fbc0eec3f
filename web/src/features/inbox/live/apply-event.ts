import { notifyManager, type Query, type QueryClient } from "@tanstack/react-query";
import { inboxKeys } from "../api/keys";
import { knownTalk } from "../api/known-talks";
import { applyEventToCard, mayBringPhone, movesAgent } from "../model/contact-card";
import {
  applyEventToList,
  type ConversationList,
  placeConversation,
} from "../model/conversation-list";
import { applyEventToCounts } from "../model/counts";
import type { InboxEvent } from "../model/inbox-event";
import { type MessageList, placeMessage, withoutMessage } from "../model/message-list";
import type {
  ContactCard,
  Conversation,
  ConversationFilter,
  Counts,
  Message,
  ScheduledList,
} from "../model/types";
import { withPending } from "./pending-acts";

function newest(known: Conversation | undefined, next: Conversation): Conversation | undefined {
  return known && known.version < next.version ? next : known;
}

/**
 * Every cached answer that the events touch becomes what the server would answer now. A list of
 * thousands is put in order once for all of them.
 */
export function applyEvents(client: QueryClient, events: readonly InboxEvent[]): void {
  notifyManager.batch(() => {
    const shown = events.map((event) => ({
      ...event,
      conversation: withPending(client, event.conversation),
    }));
    for (const [key, list] of client.getQueriesData<ConversationList>({
      queryKey: inboxKeys.lists,
    })) {
      if (!list) continue;
      const filter = filterOf(key);
      client.setQueryData(
        key,
        shown.reduce((known, event) => applyEventToList(known, filter, event), list),
      );
    }
    client.setQueryData<Counts>(
      inboxKeys.counts,
      (counts) => counts && events.reduce(applyEventToCounts, counts),
    );
    for (const event of shown) applyToTalk(client, event);
  });
}

/** What is kept of the event's own conversation. */
function applyToTalk(client: QueryClient, event: InboxEvent): void {
  const { conversation } = event;
  client.setQueryData<Conversation>(inboxKeys.conversation(conversation.id), (known) =>
    newest(known, conversation),
  );
  // The newest messages, and those around one that the search led to.
  client.setQueriesData<MessageList>(
    { queryKey: inboxKeys.messages(conversation.id) },
    (list) => list && applyEventToMessages(list, event),
  );
  client.setQueryData<ScheduledList>(
    inboxKeys.scheduled(conversation.id),
    (list) => list && applyEventToScheduled(list, event),
  );
  if (isCut(event)) {
    void client.invalidateQueries({ queryKey: inboxKeys.scheduled(conversation.id) });
  }
  applyToDetails(client, event);
}

function applyEventToScheduled(list: ScheduledList, event: InboxEvent): ScheduledList {
  const { version } = event.conversation;
  if (event.scheduled === undefined || version <= list.version || isCut(event)) return list;
  return { items: event.scheduled, version };
}

/** Of a long text the event tells only the beginning: the list is to be read anew. */
function isCut(event: InboxEvent): boolean {
  return event.scheduled?.some((reply) => reply.is_cut) ?? false;
}

/** What stands beside the talk: the card is kept here, what only the server knows is read anew. */
function applyToDetails(client: QueryClient, event: InboxEvent): void {
  const { id, contact } = event.conversation;
  const key = inboxKeys.contact(contact.id);
  client.setQueryData<ContactCard>(key, (card) => card && applyEventToCard(card, event));
  if (mayBringPhone(event)) void client.invalidateQueries({ queryKey: key });
  if (movesAgent(event)) {
    void client.invalidateQueries({ queryKey: inboxKeys.agent(id) });
    void client.invalidateQueries({ queryKey: inboxKeys.turns(id) });
  }
}

function applyEventToMessages(list: MessageList, { type, message }: InboxEvent): MessageList {
  if (!message) return list;
  return type === "message.removed"
    ? withoutMessage(list, message.id)
    : placeMessage(list, message);
}

/** The answer to an act of ours, which may come before or after its event. */
export function applyConversation(client: QueryClient, answer: Conversation): void {
  const known = knownTalk(client, answer.id);
  if (known && known.version >= answer.version) return;
  place(client, [withPending(client, answer)]);
}

/** Shows the talks as an act of ours makes them, or as they are once it is answered or refused. */
export function showConversations(client: QueryClient, talks: readonly Conversation[]): void {
  notifyManager.batch(() => place(client, talks, true));
}

/** A list is written, and so put in order, once for all the talks. */
function place(client: QueryClient, talks: readonly Conversation[], isCorrection = false): void {
  for (const [key, list] of client.getQueriesData<ConversationList>({
    queryKey: inboxKeys.lists,
  })) {
    if (!list) continue;
    const filter = filterOf(key);
    const seq = Number.POSITIVE_INFINITY; // an act's answer is newer than any list read before it
    const placed = talks.reduce(
      (known, talk) => placeConversation(known, filter, talk, seq, isCorrection),
      list,
    );
    if (placed !== list) client.setQueryData(key, placed);
  }
  for (const talk of talks) {
    client.setQueryData<Conversation>(inboxKeys.conversation(talk.id), (known) =>
      isCorrection && known?.version === talk.version ? talk : newest(known, talk),
    );
  }
}

export function applyMessage(client: QueryClient, message: Message): void {
  // The newest messages, and those around the ones that the search led to.
  client.setQueriesData<MessageList>(
    { queryKey: inboxKeys.messages(message.conversation_id) },
    (list) => list && placeMessage(list, message),
  );
}

/** The event up to which the answer tells everything; what follows may be missing in it. */
function readAt(part: unknown, data: unknown): number {
  if (part === "counts") return (data as Counts).seq;
  if (part !== "list") return 0;
  return Math.min(...(data as ConversationList).pages.map((page) => page.seq));
}

/** The events later than `seq`; they are in order. */
function after(events: readonly InboxEvent[], seq: number): readonly InboxEvent[] {
  return events.slice(events.findLastIndex((event) => event.seq <= seq) + 1);
}

/** Brings an answer that has just been read up to the events that overtook it. */
export function catchUp(client: QueryClient, query: Query, events: readonly InboxEvent[]): void {
  const [, part, subject] = query.queryKey;
  const before: unknown = query.state.data;
  let data = before;
  for (const event of after(events, readAt(part, before))) {
    if (part === "list") {
      data = applyEventToList(data as ConversationList, filterOf(query.queryKey), event);
    } else if (part === "counts") {
      data = applyEventToCounts(data as Counts, event);
    } else if (part === "conversation" && subject === event.conversation.id) {
      data = newest(data as Conversation, event.conversation);
    } else if (part === "contact") {
      data = applyEventToCard(data as ContactCard, event);
    } else if (part === "scheduled" && subject === event.conversation.id) {
      data = applyEventToScheduled(data as ScheduledList, event);
    } else if (part === "messages" && subject === event.conversation.id) {
      data = applyEventToMessages(data as MessageList, event);
    }
  }
  if (data !== before) client.setQueryData(query.queryKey, data);
}

function filterOf(key: readonly unknown[]): ConversationFilter {
  return key[2] as ConversationFilter;
}
