import { type ConversationList, flattenList } from "@/features/inbox/model/conversation-list";
import type { InboxEvent } from "@/features/inbox/model/inbox-event";
import type {
  Conversation,
  ConversationFilter,
  ConversationPage,
} from "@/features/inbox/model/types";
import { makeConversation } from "./make";

export const openBot: ConversationFilter = { mode: "bot", status: "open" };
export const openManager: ConversationFilter = { mode: "manager", status: "open" };

export function at(hour: number): string {
  return `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z`;
}

export function talk(id: string, hour: number, over: Partial<Conversation> = {}): Conversation {
  return makeConversation({ id, last_activity_at: at(hour), ...over });
}

export function page(
  seq: number,
  items: Conversation[],
  next: string | null = null,
): ConversationPage {
  return { items, next_cursor: next, seq };
}

export function listOf(...pages: ConversationPage[]): ConversationList {
  return { pages, pageParams: pages.map(() => null) };
}

export function event(seq: number, conversation: Conversation): InboxEvent {
  return { seq, type: "conversation.updated", conversation, before: null, message: null };
}

export function ids(list: ConversationList, filter: Partial<ConversationFilter> = {}): string[] {
  return flattenList(list, filter).map(({ id }) => id);
}
