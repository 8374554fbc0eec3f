import type { components } from "@/api/schema";

type Schemas = components["schemas"];
export type Conversation = Schemas["ConversationRead"];
export type Message = Schemas["MessageRead"];

let made = 0;

/** Times count back from the start, so that samples read naturally. */
export function minutesAgo(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

export function makeMe(over: Partial<Schemas["MeRead"]> = {}): Schemas["MeRead"] {
  return {
    user: { id: "user-1", name: "Ирина Савельева", email: "irina@example.ru" },
    workspace: { id: "workspace-1", name: "Автодвор", time_zone: "Europe/Moscow" },
    role: "owner",
    preferences: { sound: true, notifications: false, language: null, theme: null },
    dev_mode: false,
    ...over,
  };
}

export function makeConversation(over: Partial<Conversation> = {}): Conversation {
  made += 1;
  const at = over.last_activity_at ?? minutesAgo(made);
  return {
    id: `conversation-${made}`,
    version: 1,
    mode: "bot",
    status: "open",
    chat_type: "u2i",
    channel: {
      account_id: "account-1",
      kind: "avito",
      name: "Автодвор",
      max_text_length: 1000,
      takes_pictures: true,
    },
    contact: { id: `contact-${made}`, name: `Клиент ${made}`, avatar_url: null, is_blocked: false },
    listing: {
      id: "listing-1",
      external_id: "1",
      title: "Mazda 3, 2008",
      price_text: "520 000 ₽",
      price_minor: 52_000_000,
      currency: "RUB",
      url: "https://www.avito.ru/1",
      image_url: null,
      status: "active",
      location: "Москва",
    },
    assignee: null,
    tag_ids: [],
    snoozed_until: null,
    last_message: {
      id: `message-of-${made}`,
      author: "customer",
      author_name: null,
      type: "text",
      text: "Здравствуйте, ещё продаёте?",
      sent_at: at,
      status: "received",
    },
    last_activity_at: at,
    unread_count: 0,
    waiting_since: null,
    is_pinned: false,
    has_failed: false,
    scheduled_count: 0,
    handover: null,
    created_at: at,
    ...over,
  };
}

export function makeMessage(over: Partial<Message> = {}): Message {
  made += 1;
  const isOut = over.direction === "out";
  const sentAt = over.sent_at ?? minutesAgo(0);
  return {
    id: `message-${made}`,
    version: 1,
    conversation_id: "conversation-1",
    direction: "in",
    author: isOut
      ? { kind: "user", id: "user-1", name: "Ирина Савельева" }
      : { kind: "customer", id: null, name: null },
    type: "text",
    text: "Здравствуйте",
    content: {},
    status: isOut ? "sent" : "received",
    failure: null,
    quote: null,
    external_id: null,
    sent_at: sentAt,
    position: `${Date.parse(sentAt)}-${String(made).padStart(6, "0")}`,
    receipt: null,
    held_until: null,
    recall_until: null,
    deleted_at: null,
    ...over,
  };
}

export function makeScheduled(
  over: Partial<Schemas["ScheduledRead"]> = {},
): Schemas["ScheduledRead"] {
  made += 1;
  return {
    id: `scheduled-${made}`,
    conversation_id: "conversation-1",
    author_user_id: "user-1",
    author_name: "Ирина Савельева",
    text: "Ещё думаете?",
    send_at: new Date(Date.now() + 3_600_000).toISOString(),
    state: "waiting",
    stop_reason: null,
    created_at: minutesAgo(1),
    ...over,
  };
}
