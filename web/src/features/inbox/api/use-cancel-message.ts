import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { tellFailure } from "@/lib/tell-failure";
import { applyMessage } from "../live/apply-event";
import { pictureShelf } from "../live/picture-shelf";
import { attachmentIdsIn } from "../model/pictures";
import type { Sending } from "../model/sending";
import type { Message } from "../model/types";
import { useReplyDrafts } from "./reply-drafts";
import { sendKey } from "./use-send-message";

/** Takes a reply back before it leaves; its text returns to the field. */
export function useCancelMessage(conversationId: string) {
  const client = useQueryClient();
  const drafts = useReplyDrafts();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.POST("/api/v1/messages/{message_id}/cancel", { params: { path: { message_id: id } } }),
      ),
    onSuccess: ({ items }) => {
      for (const message of items) applyMessage(client, message);
      drafts.putBack(conversationId, textOf(client, conversationId, items));
      pictureShelf.putBack(
        conversationId,
        items.flatMap(({ content }) => attachmentIdsIn(content)),
      );
    },
    onError: tellFailure,
  });
}

/** The text as it was typed, where this tab sent it; else its parts, each from a line of its own. */
function textOf(client: QueryClient, conversationId: string, parts: Message[]): string {
  const ids = new Set(parts.map((part) => part.id));
  const sends = client.getMutationCache().findAll({ mutationKey: sendKey(conversationId) });
  for (const { state } of sends) {
    const sent = state.data as { items: Message[] } | undefined;
    if (sent?.items.some((message) => ids.has(message.id))) {
      return (state.variables as Sending).text;
    }
  }
  return parts.flatMap(({ type, text }) => (type === "image" ? [] : text)).join("\n");
}
