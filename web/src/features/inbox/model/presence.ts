import type { Conversation } from "./types";

/** A person who is in a conversation now, as the server tells it. */
export interface Present {
  user_id: string;
  name: string;
  conversation_id: string;
  state: "viewing" | "typing";
  /** When the state began. */
  since: string;
}

function isPresent(value: unknown): value is Present {
  return (
    typeof value === "object" &&
    value !== null &&
    ["user_id", "name", "conversation_id", "state", "since"].every(
      (name) => typeof (value as Record<string, unknown>)[name] === "string",
    )
  );
}

/** Everybody who is somewhere; nobody when the data is not what we know. */
export function readPeople(data: string): Present[] {
  try {
    const body: unknown = JSON.parse(data);
    const people = typeof body === "object" && body !== null && "people" in body && body.people;
    return Array.isArray(people) ? people.filter(isPresent) : [];
  } catch {
    return [];
  }
}

/** Colleagues in a conversation; who types stands first. */
export function colleaguesIn(
  people: readonly Present[],
  conversationId: string,
  ownId: string,
): Present[] {
  return people
    .filter((one) => one.conversation_id === conversationId && one.user_id !== ownId)
    .sort((a, b) => Number(b.state === "typing") - Number(a.state === "typing"));
}

/**
 * The colleague who answers this conversation, so that we should not: its assignee who is here, or
 * who began to type before us. The assignee is never kept from answering.
 */
export function whoLocks(
  conversation: Pick<Conversation, "id" | "assignee">,
  people: Present[],
  ownId: string,
): Present | null {
  const { id, assignee } = conversation;
  if (assignee?.id === ownId) return null;
  const own = people.find((one) => one.conversation_id === id && one.user_id === ownId);
  const ownSince = own?.state === "typing" ? own.since : null;
  const colleagues = colleaguesIn(people, id, ownId);
  const responsible = colleagues.find((one) => one.user_id === assignee?.id);
  if (responsible) return responsible;
  return (
    colleagues.find(
      (one) => one.state === "typing" && (ownSince === null || one.since < ownSince),
    ) ?? null
  );
}
