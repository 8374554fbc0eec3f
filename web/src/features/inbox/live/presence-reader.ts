import { type QueryClient, queryOptions, skipToken } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { type Present, readPeople } from "../model/presence";
import { ownPresence } from "./own-presence";

export interface PresencePicture {
  people: Present[];
  /** By conversation: the colleague in spite of whom we answer, while they are there. */
  overridden: Record<string, string>;
}

const nobody: PresencePicture = { people: [], overridden: {} };

/** Lives on the event stream alone: there is nothing to read. */
export function presenceQuery() {
  return queryOptions<PresencePicture>({
    queryKey: ["presence"],
    queryFn: skipToken,
    initialData: nobody,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

function withPeople(known: PresencePicture, people: Present[]): PresencePicture {
  const still = Object.entries(known.overridden).filter(([conversationId, userId]) =>
    people.some((one) => one.conversation_id === conversationId && one.user_id === userId),
  );
  return { people, overridden: Object.fromEntries(still) };
}

export function createPresenceReader(client: QueryClient): LiveReader {
  const { queryKey } = presenceQuery();
  const place = (people: Present[]) =>
    client.setQueryData<PresencePicture>(queryKey, (known = nobody) => withPeople(known, people));
  return {
    types: ["presence.changed"],
    onEvent: (data) => place(readPeople(data)),
    onReady: () => {},
    onReload: () => {},
    // The stream tells anew who is there; what was known before the break may be long over.
    onReturn: () => {
      place([]);
      ownPresence.tell();
    },
  };
}

export function overrideLock(client: QueryClient, conversationId: string, userId: string): void {
  client.setQueryData<PresencePicture>(presenceQuery().queryKey, (known = nobody) => ({
    ...known,
    overridden: { ...known.overridden, [conversationId]: userId },
  }));
}
