import type { QueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { meQuery } from "@/lib/current-user";
import { applyConversation } from "../live/apply-event";
import type { Unread } from "../model/feed";
import type { Conversation } from "../model/types";
import { inboxKeys } from "./keys";
import { conversationQuery } from "./queries";

/** Marks the talk read, if there is anything to mark. A failure shows by the badge that stays. */
export async function markRead(client: QueryClient, conversation: Conversation): Promise<void> {
  if (conversation.unread_count === 0 || isViewer(client)) return;
  try {
    const read = await bodyOf(
      api.POST("/api/v1/conversations/{conversation_id}/read", {
        params: { path: { conversation_id: conversation.id } },
      }),
    );
    applyConversation(client, read);
  } catch {
    // The next opening of the talk tries again.
  }
}

/** Who only looks on leaves the talks unread for those who answer. */
function isViewer(client: QueryClient): boolean {
  return client.getQueryData(meQuery().queryKey)?.role === "viewer";
}

/** Whoever has left the talk by then has only passed it on the way to another. */
const passingMs = 1000;

/** To be called when the user opens the talk: by a click, a link or the back button. */
export async function openConversation(
  client: QueryClient,
  id: string,
  isOpen: () => boolean,
): Promise<void> {
  const conversation = await client.fetchQuery(conversationQuery(id)).catch(() => null);
  if (!conversation || document.visibilityState !== "visible") return;
  rememberUnread(client, conversation);
  await new Promise((resolve) => setTimeout(resolve, passingMs));
  if (!isOpen() || document.visibilityState !== "visible") return;
  await markRead(client, client.getQueryData(conversationQuery(id).queryKey) ?? conversation);
}

/** To be called when the window comes back to the front with the talk open. */
export async function markReadOnReturn(client: QueryClient, id: string): Promise<void> {
  const conversation = client.getQueryData<Conversation>(inboxKeys.conversation(id));
  if (!conversation) return;
  if (conversation.unread_count > 0) rememberUnread(client, conversation);
  await markRead(client, conversation);
}

/** The talk is about to be read: where that began stays marked while it is open. */
function rememberUnread(client: QueryClient, conversation: Conversation): void {
  const { unread_count: count, last_activity_at: until } = conversation;
  client.setQueryData<Unread>(inboxKeys.unread(conversation.id), { count, until });
}
