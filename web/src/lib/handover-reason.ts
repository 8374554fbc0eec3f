import i18n from "i18next";

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

/** The reason in the reader's words; null for one that this version does not know. */
export function reasonText(code: string | null | undefined): string | null {
  const known = handoverReasons.find((reason) => reason === code);
  return known ? i18n.t(`receipt.reason.${known}`) : null;
}
