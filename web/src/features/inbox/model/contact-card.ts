import type { InboxEvent } from "./inbox-event";
import type { ContactCard } from "./types";

/** The card as the server would tell it after the event. */
export function applyEventToCard(card: ContactCard, event: InboxEvent): ContactCard {
  const { conversation, message } = event;
  if (conversation.contact.id !== card.id) return card;
  const known = card.talks.find(({ id }) => id === conversation.id);
  const isNewer = known === undefined || known.version < conversation.version;
  const { name, avatar_url: avatarUrl, is_blocked: isBlocked } = conversation.contact;
  return {
    ...card,
    ...(isNewer && { name, avatar_url: avatarUrl, is_blocked: isBlocked }),
    talks: isNewer
      ? [conversation, ...card.talks.filter(({ id }) => id !== conversation.id)].sort(
          (one, other) => Date.parse(other.last_activity_at) - Date.parse(one.last_activity_at),
        )
      : card.talks,
    talk_count: card.talk_count + (known === undefined ? 1 : 0),
    notes:
      message?.type === "note" && !card.notes.some(({ id }) => id === message.id)
        ? [message, ...card.notes]
        : card.notes,
  };
}

/** Whether the event may have brought a phone, which only the server finds. */
export function mayBringPhone({ message }: InboxEvent): boolean {
  if (message?.author.kind !== "customer") return false;
  return message.deleted_at !== null || (message.text.match(/\d/g)?.length ?? 0) >= 10;
}

/** Whether the event may change what the agent would do, or what it has done. */
export function movesAgent({ conversation, before, message }: InboxEvent): boolean {
  return (
    before?.mode !== conversation.mode ||
    before.status !== conversation.status ||
    message?.author.kind === "bot" ||
    message?.type === "activity" ||
    message?.type === "handover"
  );
}

/** "+7 916 123-42-18" */
export function phoneText(number: string): string {
  const found = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  if (!found) return number;
  const [, code, one, two, three] = found;
  return `+7\u00a0${code}\u00a0${one}-${two}-${three}`;
}
