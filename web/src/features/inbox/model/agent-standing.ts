/** Why the agent would not answer; a newer server may know more reasons. */
const silences = [
  "agent_off",
  "account_agent_off",
  "account_problem",
  "with_person",
  "chat_type",
  "we_are_the_buyer",
  "contact_blocked",
  "reply_cap",
  "outside_hours",
] as const;

const outcomes = ["answered", "handed_over", "skipped", "superseded", "failed"] as const;

/** What is more to say of an outcome than its name; an answer needs no reason. */
const turnReasons = [
  "clarify",
  "no_answer",
  "needs_no_answer",
  "nothing_to_answer",
  "overtaken",
  "agent_off",
  "account_agent_off",
  "account_problem",
  "with_person",
  "conversation_closed",
  "chat_type",
  "we_are_the_buyer",
  "contact_blocked",
  "outside_hours",
] as const;

export function silenceOf(code: string): (typeof silences)[number] | "unknown" {
  return silences.find((known) => known === code) ?? "unknown";
}

export function outcomeOf(code: string): (typeof outcomes)[number] | "unknown" {
  return outcomes.find((known) => known === code) ?? "unknown";
}

export function turnReasonOf(code: string): (typeof turnReasons)[number] | null {
  return turnReasons.find((known) => known === code) ?? null;
}
