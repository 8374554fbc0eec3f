/** Why the assistant passed a talk on; the receipt carries it as its rule. */
export const handoverReasons = [
  "asked_for_person",
  "complaint",
  "bargaining",
  "ready_to_buy",
  "unknown_fact",
  "unclear",
  "unreadable",
  "missed_call",
  "listing_closed",
  "reply_cap",
  "outside_hours",
  "loop",
  "guard",
  "model_unavailable",
  "failure",
] as const;
