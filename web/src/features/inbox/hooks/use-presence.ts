import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/lib/current-user";
import { overrideLock, presenceQuery } from "../live/presence-reader";
import { colleaguesIn, type Present, whoLocks } from "../model/presence";
import type { Conversation } from "../model/types";

const nobody: Present[] = [];

/** Colleagues who are in the conversation now. */
export function useColleagues(conversationId: string): Present[] {
  const { user } = useMe();
  const { data = nobody } = useQuery({
    ...presenceQuery(),
    select: ({ people }) => colleaguesIn(people, conversationId, user.id),
  });
  return data;
}

/** The same for every row of a list at once: a talk keeps its array while nobody in it moves. */
export function useColleaguesByTalk(): (conversationId: string) => readonly Present[] {
  const { user } = useMe();
  const { data: byTalk } = useQuery({
    ...presenceQuery(),
    select: ({ people }) =>
      Object.fromEntries(
        people.map(({ conversation_id: id }) => [id, colleaguesIn(people, id, user.id)]),
      ),
  });
  return (id) => byTalk?.[id] ?? nobody;
}

export interface SoftLock {
  /** Who answers in our place; null when the field is ours. */
  by: Present | null;
  /** Answer all the same, until they leave. */
  override: () => void;
}

export function useSoftLock(conversation: Conversation): SoftLock {
  const client = useQueryClient();
  const { user } = useMe();
  const { id } = conversation;
  const { data: by = null } = useQuery({
    ...presenceQuery(),
    select: ({ people, overridden }) => {
      const locker = whoLocks(conversation, people, user.id);
      return locker && overridden[id] === locker.user_id ? null : locker;
    },
  });
  return { by, override: () => by && overrideLock(client, id, by.user_id) };
}
