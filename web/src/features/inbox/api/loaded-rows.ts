import type { QueryClient } from "@tanstack/react-query";
import { type ConversationList, flattenList } from "../model/conversation-list";
import type { Conversation, ConversationFilter } from "../model/types";
import { inboxKeys } from "./keys";

/** The rows of a column as far as they are loaded, in its order. */
export function loadedRows(client: QueryClient, filter: ConversationFilter): Conversation[] {
  const list = client.getQueryData<ConversationList>(inboxKeys.list(filter));
  return list ? flattenList(list, filter) : [];
}

/** Every talk that some column has loaded or that was opened, the latest first. */
export function allLoaded(client: QueryClient): Conversation[] {
  const found = new Map<string, Conversation>();
  const opened = client.getQueriesData<Conversation>({
    queryKey: inboxKeys.conversation("").slice(0, 2),
  });
  for (const [, talk] of opened) if (talk) found.set(talk.id, talk);
  for (const [, list] of client.getQueriesData<ConversationList>({ queryKey: inboxKeys.lists })) {
    for (const talk of list ? flattenList(list) : []) found.set(talk.id, talk);
  }
  return [...found.values()].sort((one, other) =>
    other.last_activity_at.localeCompare(one.last_activity_at),
  );
}
