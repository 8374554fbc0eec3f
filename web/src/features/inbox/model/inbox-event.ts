import type { Conversation, ConversationStatus, Message, Mode, Scheduled } from "./types";

/** What a conversation counted as before the event; null for a new one. */
export interface Before {
  mode: Mode;
  status: ConversationStatus;
  unread_count: number;
  waiting: boolean;
}

export interface InboxEvent {
  seq: number;
  type: string;
  conversation: Conversation;
  before: Before | null;
  message: Message | null;
  /** What waits or stopped itself in the talk, of an event that changes this. */
  scheduled?: (Scheduled & { is_cut?: true })[];
}

export const inboxEventTypes = [
  "conversation.created",
  "conversation.updated",
  "conversation.scheduled",
  "message.received",
  "message.queued",
  "message.sent",
  "message.read",
  "message.failed",
  "message.discarded",
  "message.recalled",
  "message.noted",
  "message.removed",
] as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isConversation(value: unknown): value is Conversation {
  return isRecord(value) && typeof value.id === "string" && typeof value.version === "number";
}

function isMessage(value: unknown): value is Message {
  return isConversation(value) && "conversation_id" in value;
}

/** The event, or null when its data is not what we know how to apply. */
export function readInboxEvent(data: string): InboxEvent | null {
  let body: unknown;
  try {
    body = JSON.parse(data);
  } catch {
    return null;
  }
  if (!isRecord(body) || typeof body.seq !== "number" || typeof body.type !== "string") return null;
  if (!isConversation(body.conversation)) return null;
  return {
    seq: body.seq,
    type: body.type,
    conversation: body.conversation,
    before: isRecord(body.before) ? (body.before as unknown as Before) : null,
    message: isMessage(body.message) ? body.message : null,
    ...(Array.isArray(body.scheduled) && { scheduled: body.scheduled as Scheduled[] }),
  };
}
