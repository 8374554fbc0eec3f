import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { noteServerTime } from "@/lib/server-clock";
import { applyMessage } from "../live/apply-event";
import { pictureShelf } from "../live/picture-shelf";
import { holdS } from "../model/held";
import type { Sending } from "../model/sending";
import { inboxKeys } from "./keys";
import { useNoteDrafts, useReplyDrafts } from "./reply-drafts";

export const sendKey = (id: string) => [...inboxKeys.all, "send", id] as const;

export function useSendMessage(id: string) {
  const client = useQueryClient();
  const drafts = useReplyDrafts();
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
        }),
      ),
    onSuccess: ({ items }) => {
      if (items[0]) noteServerTime(items[0].sent_at);
      for (const message of items) applyMessage(client, message);
    },
    // Runs even when the talk is no longer on the screen: the text waits there as a draft.
    onError: (_error, { text, pictures }) => {
      drafts.putBack(id, text);
      pictureShelf.putBack(
        id,
        pictures.map(({ attachmentId }) => attachmentId),
      );
    },
  });
}

/** Texts on their way to the server. */
export function useSendings(id: string): Sending[] {
  return useMutationState({
    filters: { mutationKey: sendKey(id), status: "pending" },
    select: (mutation) => mutation.state.variables as Sending,
  });
}

/** The latest send, when it failed and nothing was sent since. */
export function useFailedSend(id: string): { sending: Sending; error: Error } | null {
  const sends = useMutationState({
    filters: { mutationKey: sendKey(id) },
    select: ({ state }) => ({ sending: state.variables as Sending, error: state.error as unknown }),
  });
  const last = sends.at(-1);
  return last && last.error instanceof Error ? { sending: last.sending, error: last.error } : null;
}

const noteKey = (id: string) => [...inboxKeys.all, "note", id] as const;

/** The same wherever in a talk a note is written: its text stands in one draft. */
export function useAddNote(id: string) {
  const client = useQueryClient();
  const drafts = useNoteDrafts();
  const { mutate } = useMutation({
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
