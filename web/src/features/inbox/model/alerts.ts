import type { InboxEvent } from "./inbox-event";

/**
 * Whether the event calls for this user: a customer writes where a person answers, or the bot hands
 * over. Not when a colleague has taken the conversation, and never for what people of ours do.
 */
export function callsFor(event: InboxEvent, ownId: string): boolean {
  const { conversation, message, type } = event;
  const { mode, status, assignee, waiting_since: since } = conversation;
  if (mode !== "manager" || status !== "open" || since === null) return false;
  if (assignee && assignee.id !== ownId) return false;
  const isWord = type === "message.received" && message?.direction === "in";
  const isHandover = message?.type === "handover";
  return isWord || isHandover;
}
