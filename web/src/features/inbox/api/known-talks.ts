import type { QueryClient } from "@tanstack/react-query";
import type { ConversationList } from "../model/conversation-list";
import type { Conversation } from "../model/types";
import { inboxKeys } from "./keys";

/** The newest that is known of each talk, from where it was opened or from any list. */
export function knownTalks(
  client: QueryClient,
  ids: readonly string[],
): ReadonlyMap<string, Conversation> {
  const known = new Map<string, Conversation>();
  const wanted = new Set(ids);
  function see(talk: Conversation | undefined): void {
    if (!talk || !wanted.has(talk.id)) return;
    const other = known.get(talk.id);
    if (!other || other.version < talk.version) known.set(talk.id, talk);
  }
  for (const id of ids) see(client.getQueryData<Conversation>(inboxKeys.conversation(id)));
  for (const [, list] of client.getQueriesData<ConversationList>({ queryKey: inboxKeys.lists })) {
    for (const page of list?.pages ?? []) page.items.forEach(see);
  }
  return known;
}

export function knownTalk(client: QueryClient, id: string): Conversation | undefined {
  return knownTalks(client, [id]).get(id);
}

/** The talks as they are by now; one that nothing knows any more as it was given. */
export function newestKnown(client: QueryClient, talks: readonly Conversation[]): Conversation[] {
  const known = knownTalks(
    client,
    talks.map(({ id }) => id),
  );
  return talks.map((talk) => {
    const found = known.get(talk.id);
    return found && found.version >= talk.version ? found : talk;
  });
}
