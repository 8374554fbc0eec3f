import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { isUnreached } from "@/lib/api-error";
import { randomKey } from "@/lib/random-key";
import { tellFailure } from "@/lib/tell-failure";
import { applyMessage } from "../live/apply-event";
import { holdS } from "../model/held";
import type { Scheduled } from "../model/types";
import { inboxKeys } from "./keys";
import { useReplyDrafts } from "./reply-drafts";

/** What waits for its time in a talk, and what stopped itself; events keep it true. */
export function scheduledQuery(id: string) {
  return queryOptions({
    queryKey: inboxKeys.scheduled(id),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}/scheduled", {
          params: { path: { conversation_id: id } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function readAgain(client: QueryClient, id: string): void {
  void client.invalidateQueries({ queryKey: inboxKeys.scheduled(id) });
}

// By talk and words: what may have been scheduled though its answer was lost.
const unanswered = new Map<string, string>();

interface Later {
  text: string;
  sendAt: Date;
}

/** The same words under the same key are one reply; a repeat may ask for another time. */
async function scheduleReply(id: string, key: string, { text, sendAt }: Later): Promise<Scheduled> {
  const reply = await bodyOf(
    api.POST("/api/v1/conversations/{conversation_id}/scheduled", {
      params: { path: { conversation_id: id }, header: { "idempotency-key": key } },
      body: { text, send_at: sendAt.toISOString() },
    }),
  );
  const isElsewhen = Date.parse(reply.send_at) !== sendAt.getTime();
  return reply.state === "waiting" && isElsewhen ? changeScheduled(reply.id, { sendAt }) : reply;
}

function changeScheduled(id: string, { text, sendAt }: Partial<Later>): Promise<Scheduled> {
  return bodyOf(
    api.PATCH("/api/v1/scheduled/{scheduled_id}", {
      params: { path: { scheduled_id: id } },
      body: { ...(text && { text }), ...(sendAt && { send_at: sendAt.toISOString() }) },
    }),
  );
}

/** The text is taken out of the field by whoever calls; it returns there if this fails. */
export function useScheduleReply(id: string) {
  const client = useQueryClient();
  const drafts = useReplyDrafts();
  return useMutation({
    mutationFn: async (later: Later) => {
      const words = `${id} ${later.text}`;
      const key = unanswered.get(words) ?? randomKey();
      unanswered.set(words, key);
      try {
        const reply = await scheduleReply(id, key, later);
        unanswered.delete(words);
        return reply;
      } catch (error) {
        if (!isUnreached(error)) unanswered.delete(words);
        throw error;
      }
    },
    onError: (error, { text }) => {
      drafts.putBack(id, text);
      tellFailure(error);
    },
    // Also after a failure: it may be there though the answer was lost.
    onSettled: () => readAgain(client, id),
  });
}

export function useChangeScheduled(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text, sendAt }: { id: string; text: string; sendAt: Date | null }) =>
      changeScheduled(id, { text, ...(sendAt && { sendAt }) }),
    onError: tellFailure,
    onSettled: () => readAgain(client, conversationId),
  });
}

export function useSendScheduledNow(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.POST("/api/v1/scheduled/{scheduled_id}/send-now", {
          params: { path: { scheduled_id: id } },
          body: { hold_s: holdS },
        }),
      ),
    onSuccess: ({ items }) => {
      for (const message of items) applyMessage(client, message);
    },
    onError: tellFailure,
    onSettled: () => readAgain(client, conversationId),
  });
}

/** Takes one that waits, or stopped itself, away and its text back into the field. */
export function useTakeBackScheduled({ id, conversation_id: conversationId, text }: Scheduled) {
  const drafts = useReplyDrafts();
  const remove = useRemoveScheduled(conversationId);
  return {
    remove,
    // Not at the call: an event takes the line off the screen before its answer comes.
    takeBack: () => {
      remove.mutateAsync(id).then(
        () => drafts.putBack(conversationId, text),
        () => {},
      );
    },
  };
}

/** Cancels one that waits, or puts away one that stopped itself. */
export function useRemoveScheduled(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.DELETE("/api/v1/scheduled/{scheduled_id}", {
          params: { path: { scheduled_id: id } },
        }),
      ),
    onError: tellFailure,
    onSettled: () => readAgain(client, conversationId),
  });
}
