import type { Conversation } from "./types";

/** Who answers the customer now. */
export type Answers = "bot" | "assignee" | "awaited" | "elsewhere" | "nobody";

export function whoAnswers(conversation: Conversation): Answers {
  const { mode, assignee, waiting_since: since, last_message: last } = conversation;
  if (mode === "bot") return "bot";
  if (assignee) return "assignee";
  if (since !== null) return "awaited";
  return last?.author === "elsewhere" ? "elsewhere" : "nobody";
}
