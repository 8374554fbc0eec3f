import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { isRefused } from "@/lib/api-error";
import { useMe } from "@/lib/current-user";
import { noteServerTime } from "@/lib/server-clock";
import { useCreation } from "@/lib/use-creation";
import { applyMessage } from "../live/apply-event";
import { pictureShelf } from "../live/picture-shelf";
import { holdS } from "../model/held";
import { hasArrived, type Sending } from "../model/sending";
import { inboxKeys } from "./keys";
import { messagesQuery } from "./queries";
import { takeBack, useNoteDrafts, useOutbox, useReplyDrafts } from "./reply-drafts";

export const sendKey = (id: string) => [...inboxKeys.all, "send", id] as const;
const lookKey = (id: string) => [...inboxKeys.all, "look", id] as const;

/** A server that does not answer must not hold up the replies behind. */
const patienceMs = 20_000;
const lookAgainMs = 3_000;

export function useSendMessage(id: string) {
  const client = useQueryClient();
  const { user } = useMe();
  const drafts = useReplyDrafts();
  const outbox = useOutbox();

  /** The answer was lost, which says nothing of the message: the talk itself knows. */
  async function lookFor(sending: Sending): Promise<boolean> {
    const isUnsure = () => outbox.keyOf(id, sending.text, sending.pictures) !== null;
    if (!isUnsure()) return true; // it is on its way again, or has arrived
    const { pages } = await client.fetchInfiniteQuery({ ...messagesQuery(id), staleTime: 0 });
    const items = pages.flatMap((page) => page.items);
    if (!hasArrived(sending, items, user.id)) return !isUnsure();
    outbox.remove(sending);
    if (drafts.text(id).trim() === sending.text) drafts.write(id, "");
    pictureShelf.forget(id, sending.pictures);
    const sends = client.getMutationCache();
    for (const send of sends.findAll({ mutationKey: sendKey(id), status: "error" })) {
      if ((send.state.variables as Sending).idempotencyKey === sending.idempotencyKey) {
        sends.remove(send);
      }
    }
    return true;
  }

  const look = useMutation({
    mutationKey: lookKey(id),
    mutationFn: lookFor,
    // Until the server can be reached again.
    retry: (_failures, error) => !isRefused(error),
    retryDelay: lookAgainMs,
  });

  return useMutation({
    mutationKey: sendKey(id),
    scope: { id: `send-${id}` }, // one after another: the customer reads them in this order
    mutationFn: ({ text, pictures, idempotencyKey }: Sending) =>
      bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/messages", {
          params: {
            path: { conversation_id: id },
            header: { "idempotency-key": idempotencyKey },
          },
          body: {
            text,
            attachment_ids: pictures.map(({ attachmentId }) => attachmentId),
            hold_s: holdS,
          },
          signal: AbortSignal.timeout(patienceMs),
        }),
      ),
    onMutate: (sending) => outbox.add(id, sending),
    onSuccess: ({ items }, sending) => {
      outbox.remove(sending);
      if (items[0]) noteServerTime(items[0].sent_at);
      for (const message of items) applyMessage(client, message);
    },
    // Runs even when the talk is no longer on the screen: the text waits there as a draft.
    onError: (error, sending) => {
      takeBack(drafts, id, sending);
      if (isRefused(error)) {
        outbox.remove(sending);
        return;
      }
      outbox.comeBack(id, sending);
      look.mutate(sending);
    },
    onSettled: (_items, _error, { pictures }) => pictureShelf.release(pictures),
  });
}

/** Texts on their way to the server. */
export function useSendings(id: string): Sending[] {
  return useMutationState({
    filters: { mutationKey: sendKey(id), status: "pending" },
    select: (mutation) => mutation.state.variables as Sending,
  });
}

export interface FailedSend {
  error: Error;
  /** The talk was read since, and the message is not there. */
  hasLooked: boolean;
}

/** The latest send, when it failed and nothing was sent since. */
export function useFailedSend(id: string): FailedSend | null {
  const looks = useMutationState({
    filters: { mutationKey: lookKey(id) },
    select: ({ state }) => ({
      key: (state.variables as Sending).idempotencyKey,
      found: state.data,
    }),
  });
  const sends = useMutationState({
    filters: { mutationKey: sendKey(id) },
    select: ({ state }) => ({ sending: state.variables as Sending, error: state.error as unknown }),
  });
  const last = sends.at(-1);
  if (!last || !(last.error instanceof Error)) return null;
  const look = looks.findLast(({ key }) => key === last.sending.idempotencyKey);
  return { error: last.error, hasLooked: look?.found === false };
}

const noteKey = (id: string) => [...inboxKeys.all, "note", id] as const;

/** The same wherever in a talk a note is written: its text stands in one draft. */
export function useAddNote(id: string) {
  const client = useQueryClient();
  const drafts = useNoteDrafts();
  const { mutate } = useCreation({
    mutationKey: noteKey(id),
    mutationFn: (text: string) =>
      bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/notes", {
          params: { path: { conversation_id: id } },
          body: { text },
        }),
      ),
    // Both run even when the talk is no longer on the screen.
    onSuccess: (note, text) => {
      applyMessage(client, note);
      drafts.saved(id, text);
    },
    onError: (_error, text) => drafts.putBack(id, text),
  });
  const latest = useMutationState({
    filters: { mutationKey: noteKey(id) },
    select: ({ state }) => ({ isPending: state.status === "pending", error: state.error }),
  }).at(-1);
  return { save: mutate, isPending: latest?.isPending ?? false, error: latest?.error ?? null };
}
