import type { ConversationFilter } from "../model/types";

export const inboxKeys = {
  all: ["inbox"] as const,
  lists: ["inbox", "list"] as const,
  list: (filter: ConversationFilter) => ["inbox", "list", filter] as const,
  counts: ["inbox", "counts"] as const,
  conversation: (id: string) => ["inbox", "conversation", id] as const,
  messages: (id: string) => ["inbox", "messages", id] as const,
};
