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

export interface ConversationFilter {
  mode: Mode;
  status: ConversationStatus;
}

export const modes = ["bot", "manager"] as const satisfies readonly Mode[];
export const statuses = ["open", "closed"] as const satisfies readonly ConversationStatus[];
