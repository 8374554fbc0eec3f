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
  function see(talk: Conversation): void {
    const known = found.get(talk.id);
    if (!known || known.version < talk.version) found.set(talk.id, talk);
  }
  const opened = client.getQueriesData<Conversation>({
    queryKey: inboxKeys.conversation("").slice(0, 2),
  });
  for (const [, talk] of opened) if (talk) see(talk);
  for (const [, list] of client.getQueriesData<ConversationList>({ queryKey: inboxKeys.lists })) {
    for (const page of list?.pages ?? []) page.items.forEach(see);
  }
  return [...found.values()].sort(byLatest);
}

/** Both times are the server's, written alike. */
function byLatest(
  { last_activity_at: one }: Conversation,
  { last_activity_at: other }: Conversation,
): number {
  if (one === other) return 0;
  return one < other ? 1 : -1;
}
