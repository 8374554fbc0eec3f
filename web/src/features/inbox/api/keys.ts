import type { ConversationFilter } from "../model/types";

export const inboxKeys = {
  all: ["inbox"] as const,
  lists: ["inbox", "list"] as const,
  list: (filter: ConversationFilter) => ["inbox", "list", filter] as const,
  counts: ["inbox", "counts"] as const,
  conversation: (id: string) => ["inbox", "conversation", id] as const,
  scheduled: (id: string) => ["inbox", "scheduled", id] as const,
  messages: (id: string) => ["inbox", "messages", id] as const,
  unread: (id: string) => ["inbox", "unread", id] as const,
  messagesAround: (id: string, around: string) => ["inbox", "messages", id, around] as const,
  contact: (id: string) => ["inbox", "contact", id] as const,
  agents: ["inbox", "agent"] as const,
  agent: (id: string) => ["inbox", "agent", id] as const,
  turns: (id: string) => ["inbox", "turns", id] as const,
};
