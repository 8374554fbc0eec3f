import type { Before, InboxEvent } from "./inbox-event";
import { type Conversation, type Counts, type Mode, type ModeCounts, modes } from "./types";

const nothing: ModeCounts = { open: 0, unread: 0, waiting: 0 };

/** What one conversation adds to the counts of its mode. Closed ones add nothing. */
function share(state: Before): ModeCounts {
  if (state.status !== "open") return nothing;
  return {
    open: 1,
    unread: state.unread_count > 0 ? 1 : 0,
    waiting: state.waiting ? 1 : 0,
  };
}

function stateOf(conversation: Conversation): Before {
  return {
    mode: conversation.mode,
    status: conversation.status,
    unread_count: conversation.unread_count,
    waiting: conversation.waiting_since !== null,
  };
}

/** Moves the counts by (after − before), once per event. */
export function applyEventToCounts(counts: Counts, event: InboxEvent): Counts {
  if (event.seq <= counts.seq) return counts;
  const after = stateOf(event.conversation);
  const next: Counts = { ...counts, seq: event.seq };
  for (const mode of modes) {
    const gained = after.mode === mode ? share(after) : nothing;
    const lost = event.before?.mode === mode ? share(event.before) : nothing;
    next[mode] = {
      open: counts[mode].open + gained.open - lost.open,
      unread: counts[mode].unread + gained.unread - lost.unread,
      waiting: counts[mode].waiting + gained.waiting - lost.waiting,
    };
  }
  return next;
}

/** What asks for attention: unread talks of the bot, or people who wait for a person. */
export function attentionOf(counts: Counts, mode: Mode): number {
  return mode === "bot" ? counts.bot.unread : counts.manager.waiting;
}

export function attentionCount(counts: Counts): number {
  return attentionOf(counts, "bot") + attentionOf(counts, "manager");
}

/** What the tab tells of: the people who wait for a person. */
export function waitingForUs(counts: Counts): number {
  return attentionOf(counts, "manager");
}
