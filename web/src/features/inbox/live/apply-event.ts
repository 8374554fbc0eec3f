import type { Query, QueryClient } from "@tanstack/react-query";
import { inboxKeys } from "../api/keys";
import {
  applyEventToList,
  type ConversationList,
  placeConversation,
} from "../model/conversation-list";
import { applyEventToCounts } from "../model/counts";
import type { InboxEvent } from "../model/inbox-event";
import { type MessageList, placeMessage } from "../model/message-list";
import type { Conversation, ConversationFilter, Counts, Message } from "../model/types";

function newest(known: Conversation | undefined, next: Conversation): Conversation | undefined {
  return known && known.version < next.version ? next : known;
}

/** Every cached answer that the event touches becomes what the server would answer now. */
export function applyEvent(client: QueryClient, event: InboxEvent): void {
  const { conversation, message } = event;
  for (const [key, list] of client.getQueriesData<ConversationList>({
    queryKey: inboxKeys.lists,
  })) {
    if (list) client.setQueryData(key, applyEventToList(list, filterOf(key), event));
  }
  client.setQueryData<Counts>(
    inboxKeys.counts,
    (counts) => counts && applyEventToCounts(counts, event),
  );
  client.setQueryData<Conversation>(inboxKeys.conversation(conversation.id), (known) =>
    newest(known, conversation),
  );
  if (message) applyMessage(client, message);
}

function knownVersion(client: QueryClient, id: string): number {
  const detail = client.getQueryData<Conversation>(inboxKeys.conversation(id));
  const listed = client
    .getQueriesData<ConversationList>({ queryKey: inboxKeys.lists })
    .flatMap(([, list]) => list?.pages ?? [])
    .flatMap((page) => page.items)
    .filter((item) => item.id === id);
  return Math.max(0, detail?.version ?? 0, ...listed.map((item) => item.version));
}

/** The answer to an act of ours, which may come before or after its event. */
export function applyConversation(client: QueryClient, conversation: Conversation): void {
  if (knownVersion(client, conversation.id) >= conversation.version) return;
  for (const [key, list] of client.getQueriesData<ConversationList>({
    queryKey: inboxKeys.lists,
  })) {
    if (!list) continue;
    const seq = Number.POSITIVE_INFINITY; // an act's answer is newer than any list read before it
    client.setQueryData(key, placeConversation(list, filterOf(key), conversation, seq));
  }
  client.setQueryData<Conversation>(inboxKeys.conversation(conversation.id), (known) =>
    newest(known, conversation),
  );
}

export function applyMessage(client: QueryClient, message: Message): void {
  client.setQueryData<MessageList>(
    inboxKeys.messages(message.conversation_id),
    (list) => list && placeMessage(list, message),
  );
}

/** Brings an answer that has just been read up to the events that overtook it. */
export function catchUp(client: QueryClient, query: Query, events: readonly InboxEvent[]): void {
  const [, part, subject] = query.queryKey;
  const before: unknown = query.state.data;
  let data = before;
  for (const event of events) {
    if (part === "list") {
      data = applyEventToList(data as ConversationList, filterOf(query.queryKey), event);
    } else if (part === "counts") {
      data = applyEventToCounts(data as Counts, event);
    } else if (part === "conversation" && subject === event.conversation.id) {
      data = newest(data as Conversation, event.conversation);
    } else if (part === "messages" && subject === event.conversation.id && event.message) {
      data = placeMessage(data as MessageList, event.message);
    }
  }
  if (data !== before) client.setQueryData(query.queryKey, data);
}

function filterOf(key: readonly unknown[]): ConversationFilter {
  return key[2] as ConversationFilter;
}
