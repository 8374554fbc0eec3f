import type { Conversation, Person } from "./types";

export type PlainAct =
  | "take-over"
  | "return-to-bot"
  | "close"
  | "reopen"
  | "undo-close"
  | "pin"
  | "unpin"
  | "read"
  | "unread"
  | "unsnooze";

/** What can be done with a talk besides writing, with all that it needs. */
export type Act =
  | { name: PlainAct }
  | { name: "assign"; to: Person | null }
  | { name: "snooze"; until: string }
  | { name: "tag" | "untag"; tagId: string };

/** The talk as it will be, before the server has said so. */
export function actOn(talk: Conversation, act: Act, me: Person): Conversation {
  switch (act.name) {
    case "take-over":
      return { ...talk, mode: "manager", assignee: me };
    case "return-to-bot":
      return { ...talk, mode: "bot", assignee: null, handover: null };
    case "assign":
      return { ...talk, mode: "manager", assignee: act.to };
    case "close":
      return {
        ...talk,
        status: "closed",
        snoozed_until: null,
        waiting_since: null,
        unread_count: 0,
      };
    case "reopen":
    case "undo-close":
    case "unsnooze":
      return { ...talk, status: "open", snoozed_until: null };
    case "snooze":
      return { ...talk, status: "snoozed", snoozed_until: act.until };
    case "pin":
      return { ...talk, is_pinned: true };
    case "unpin":
      return { ...talk, is_pinned: false };
    case "read":
      return { ...talk, unread_count: 0 };
    case "unread":
      return { ...talk, unread_count: Math.max(1, talk.unread_count) };
    case "tag":
      return talk.tag_ids.includes(act.tagId)
        ? talk
        : { ...talk, tag_ids: [...talk.tag_ids, act.tagId] };
    case "untag":
      return { ...talk, tag_ids: talk.tag_ids.filter((id) => id !== act.tagId) };
  }
}

/** What takes the act back from a talk that was `before`; null where nothing does. */
export function undoOf(before: Conversation, act: Act): Act | null {
  switch (act.name) {
    case "take-over":
    case "return-to-bot":
    case "assign":
      return before.mode === "bot"
        ? { name: "return-to-bot" }
        : { name: "assign", to: before.assignee };
    case "close":
      return before.status === "closed" ? null : { name: "undo-close" };
    case "reopen":
    case "undo-close":
      return before.status === "closed" ? { name: "close" } : null;
    case "snooze":
    case "unsnooze":
      return before.snoozed_until === null
        ? { name: "unsnooze" }
        : { name: "snooze", until: before.snoozed_until };
    case "pin":
    case "unpin":
      return { name: before.is_pinned ? "pin" : "unpin" };
    case "read":
    case "unread":
      return { name: before.unread_count > 0 ? "unread" : "read" };
    case "tag":
    case "untag":
      return { name: before.tag_ids.includes(act.tagId) ? "tag" : "untag", tagId: act.tagId };
  }
}
