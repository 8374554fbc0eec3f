import type { QueryClient } from "@tanstack/react-query";
import { showConversations } from "../live/apply-event";
import { addPending, dropPending, type PendingAct } from "../live/pending-acts";
import type { Act } from "../model/act";
import type { Conversation, Person } from "../model/types";
import { newestKnown } from "./known-talks";
import { sendAct, sendBulk } from "./send-act";

export interface Outcome {
  done: Conversation[];
  /** In the server's words, one per talk that was refused. */
  refused: string[];
  /** The talks for which the server could not be asked any more, and why. */
  unasked: { count: number; error: unknown } | null;
}

const underWay = new Map<string, Promise<unknown>>();

/** One after another: pinning and unpinning in a hurry must not overtake each other. */
function inTurn<Answer>(ids: readonly string[], send: () => Promise<Answer>): Promise<Answer> {
  const sending = Promise.allSettled(ids.map((id) => underWay.get(id))).then(send);
  for (const id of ids) underWay.set(id, sending);
  return sending.finally(() => {
    for (const id of ids) if (underWay.get(id) === sending) underWay.delete(id);
  });
}

function showAct(client: QueryClient, talks: readonly Conversation[], one: PendingAct): void {
  const bases = newestKnown(client, talks);
  showConversations(
    client,
    bases.map((base) => addPending(client, base, one)),
  );
}

function showTruth(
  client: QueryClient,
  ids: readonly string[],
  one: PendingAct,
  answers: ReadonlyMap<string, Conversation>,
): void {
  const truths = ids.map((id) => dropPending(client, id, one, answers.get(id) ?? null));
  showConversations(
    client,
    truths.filter((truth) => truth !== null),
  );
}

/** The screen shows the act at once; if the server refuses, it shows the truth and this throws. */
export async function performAct(
  client: QueryClient,
  talk: Conversation,
  act: Act,
  by: Person,
): Promise<Conversation> {
  const one: PendingAct = { act, by };
  const answers = new Map<string, Conversation>();
  showAct(client, [talk], one);
  try {
    const answer = await inTurn([talk.id], () => sendAct(talk.id, act));
    answers.set(talk.id, answer);
    return answer;
  } finally {
    showTruth(client, [talk.id], one, answers);
  }
}

/** One act on many talks; throws when the server could not be asked about any. */
export async function performBulk(
  client: QueryClient,
  talks: readonly Conversation[],
  act: Act,
  by: Person,
): Promise<Outcome> {
  const one: PendingAct = { act, by };
  const ids = talks.map(({ id }) => id);
  const answers = new Map<string, Conversation>();
  showAct(client, talks, one);
  try {
    const { results, error } = await inTurn(ids, () => sendBulk(ids, act));
    if (error !== undefined && results.length === 0) throw error;
    for (const { id, conversation } of results) if (conversation) answers.set(id, conversation);
    const refused = results.flatMap(({ refusal }) => (refusal ? [refusal.title] : []));
    const unasked = error === undefined ? null : { count: ids.length - results.length, error };
    return { done: [...answers.values()], refused, unasked };
  } finally {
    showTruth(client, ids, one, answers);
  }
}
