import type { QueryClient } from "@tanstack/react-query";
import { showConversation } from "../live/apply-event";
import { addPending, dropPending, type PendingAct } from "../live/pending-acts";
import type { Act } from "../model/act";
import type { Conversation, Person } from "../model/types";
import { sendAct, sendBulk } from "./send-act";

export interface Outcome {
  done: Conversation[];
  /** In the server's words, one per talk that was refused. */
  refused: string[];
}

const underWay = new Map<string, Promise<unknown>>();

/** The screen shows the act at once; if the server refuses, it shows the truth and this throws. */
export async function performAct(
  client: QueryClient,
  talk: Conversation,
  act: Act,
  by: Person,
): Promise<Conversation> {
  const one: PendingAct = { act, by };
  showConversation(client, addPending(client, talk, one));
  // One after another: pinning and unpinning in a hurry must not overtake each other.
  const before = underWay.get(talk.id) ?? Promise.resolve();
  const sending = before.catch(() => undefined).then(() => sendAct(talk.id, act));
  underWay.set(talk.id, sending);
  let answer: Conversation | null = null;
  try {
    answer = await sending;
    return answer;
  } finally {
    if (underWay.get(talk.id) === sending) underWay.delete(talk.id);
    const truth = dropPending(client, talk.id, one, answer);
    if (truth) showConversation(client, truth);
  }
}

/** One act on many talks; throws when the server could not be asked. */
export async function performBulk(
  client: QueryClient,
  talks: readonly Conversation[],
  act: Act,
  by: Person,
): Promise<Outcome> {
  const one: PendingAct = { act, by };
  for (const talk of talks) showConversation(client, addPending(client, talk, one));
  const answers = new Map<string, Conversation>();
  try {
    const results = await sendBulk(
      talks.map(({ id }) => id),
      act,
    );
    for (const { id, conversation } of results) if (conversation) answers.set(id, conversation);
    const refused = results.flatMap(({ refusal }) => (refusal ? [refusal.title] : []));
    return { done: [...answers.values()], refused };
  } finally {
    for (const { id } of talks) {
      const truth = dropPending(client, id, one, answers.get(id) ?? null);
      if (truth) showConversation(client, truth);
    }
  }
}
