import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Conversation = Schemas["ConversationRead"];
export type ConversationPage = Schemas["ConversationPage"];
export type Counts = Schemas["ConversationCounts"];
export type ModeCounts = Schemas["ModeCounts"];
export type Message = Schemas["MessageRead"];
export type MessagePage = Schemas["MessagePage"];
export type Receipt = Schemas["ReceiptRead"];
export type Mode = Schemas["Mode"];
export type ConversationStatus = Schemas["ConversationStatus"];
export type BlockReason = Schemas["BlockCreate"]["reason"];

export type ConversationSort = Schemas["ConversationSort"];

/** What a list holds and in which order; what is left out narrows nothing. */
export interface ConversationFilter {
  mode: Mode;
  status: ConversationStatus;
  unread?: true;
  waiting?: true;
  /** Whoever is signed in; null for what is nobody's. */
  assignee_id?: string | null;
  account_id?: string;
  sort?: Exclude<ConversationSort, "activity">;
}

export const modes = ["bot", "manager"] as const satisfies readonly Mode[];
export const statuses = ["open", "closed"] as const satisfies readonly ConversationStatus[];
