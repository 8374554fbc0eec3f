import type { components } from "@/api/schema";

type Schemas = components["schemas"];

export type Conversation = Schemas["ConversationRead"];
export type ConversationPage = Schemas["ConversationPage"];
export type Counts = Schemas["ConversationCounts"];
export type ModeCounts = Schemas["ModeCounts"];
export type Message = Schemas["MessageRead"];
export type MessagePage = Schemas["MessagePage"];
export type ContactCard = Schemas["ContactCard"];
export type AgentStanding = Schemas["AgentStanding"];
export type Turn = Schemas["TurnRead"];
export type Receipt = Schemas["ReceiptRead"];
export type Thought = Schemas["ThoughtRead"];
export type Mode = Schemas["Mode"];
export type ConversationStatus = Schemas["ConversationStatus"];
export type BlockReason = Schemas["BlockCreate"]["reason"];

export type Person = Schemas["PersonRead"];
export type BulkResult = Schemas["BulkResult"];
export type Tag = Schemas["TagRead"];
export type TagColor = Schemas["TagColor"];

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
  tag_id?: string;
  sort?: Exclude<ConversationSort, "activity">;
}

export const modes = ["bot", "manager"] as const satisfies readonly Mode[];
export const statuses = [
  "open",
  "snoozed",
  "closed",
] as const satisfies readonly ConversationStatus[];
export type Template = Schemas["TemplateRead"];
export type TemplateFields = Schemas["TemplateWrite"];
export type Scheduled = Schemas["ScheduledRead"];
export type ScheduledList = Schemas["ScheduledList"];
