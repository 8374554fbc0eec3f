import type { QueryClient } from "@tanstack/react-query";
import { type Act, actOn } from "../model/act";
import type { Conversation, Person } from "../model/types";

/** An act that the screen shows already and the server has not answered yet. */
export interface PendingAct {
  act: Act;
  by: Person;
}

interface Pending {
  /** The newest that the server has said of the talk. */
  base: Conversation;
  acts: PendingAct[];
}

const ofClients = new WeakMap<QueryClient, Map<string, Pending>>();

function pendingOf(client: QueryClient): Map<string, Pending> {
  const known = ofClients.get(client) ?? new Map<string, Pending>();
  ofClients.set(client, known);
  return known;
}

function shown({ base, acts }: Pending): Conversation {
  return acts.reduce((talk, { act, by }) => actOn(talk, act, by), base);
}

/** A snapshot of the server as the screen is to show it: with what is still on its way. */
export function withPending(client: QueryClient, snapshot: Conversation): Conversation {
  const pending = pendingOf(client).get(snapshot.id);
  if (!pending) return snapshot;
  if (snapshot.version > pending.base.version) pending.base = snapshot;
  return shown(pending);
}

export function addPending(client: QueryClient, base: Conversation, one: PendingAct): Conversation {
  const all = pendingOf(client);
  const pending = all.get(base.id) ?? { base, acts: [] };
  pending.acts.push(one);
  all.set(base.id, pending);
  return shown(pending);
}

/** The server has answered, with the talk or with a refusal: what is true now. */
export function dropPending(
  client: QueryClient,
  id: string,
  one: PendingAct,
  answer: Conversation | null,
): Conversation | null {
  const all = pendingOf(client);
  const pending = all.get(id);
  if (!pending) return answer;
  pending.acts = pending.acts.filter((other) => other !== one);
  if (answer && answer.version >= pending.base.version) pending.base = answer;
  if (pending.acts.length === 0) all.delete(id);
  return shown(pending);
}
