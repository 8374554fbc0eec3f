import { describe, expect, it } from "vitest";
import { makeConversation, minutesAgo } from "@/testing/make";
import { type Act, actOn, undoOf } from "./act";
import type { Conversation } from "./types";

const me = { id: "me", name: "Ирина" };
const anna = { id: "anna", name: "Анна" };
const until = "2026-11-24T06:00:00Z";

describe("an act before the server has answered", () => {
  it.each<[Act, Partial<Conversation>]>([
    [{ name: "take-over" }, { mode: "manager", assignee: me }],
    [
      { name: "assign", to: anna },
      { mode: "manager", assignee: anna },
    ],
    [{ name: "return-to-bot" }, { mode: "bot", assignee: null }],
    [{ name: "close" }, { status: "closed", waiting_since: null, unread_count: 0 }],
    [
      { name: "snooze", until },
      { status: "snoozed", snoozed_until: until },
    ],
    [{ name: "pin" }, { is_pinned: true }],
    [{ name: "read" }, { unread_count: 0 }],
    [{ name: "tag", tagId: "new" }, { tag_ids: ["old", "new"] }],
    [{ name: "tag", tagId: "old" }, { tag_ids: ["old"] }],
    [{ name: "untag", tagId: "old" }, { tag_ids: [] }],
  ])("%j", (act, expected) => {
    const talk = makeConversation({
      unread_count: 2,
      waiting_since: minutesAgo(5),
      tag_ids: ["old"],
    });
    expect(actOn(talk, act, me)).toEqual({ ...talk, ...expected });
  });

  it("leaves the number of unread as it is when there are some", () => {
    expect(actOn(makeConversation({ unread_count: 3 }), { name: "unread" }, me).unread_count).toBe(
      3,
    );
    expect(actOn(makeConversation(), { name: "unread" }, me).unread_count).toBe(1);
  });
});

describe("taking an act back", () => {
  it.each<[Partial<Conversation>, Act, Act | null]>([
    [{ mode: "bot" }, { name: "take-over" }, { name: "return-to-bot" }],
    [{ mode: "bot" }, { name: "assign", to: anna }, { name: "return-to-bot" }],
    [{ mode: "manager", assignee: anna }, { name: "take-over" }, { name: "assign", to: anna }],
    [{ mode: "manager", assignee: me }, { name: "return-to-bot" }, { name: "assign", to: me }],
    [{}, { name: "close" }, { name: "undo-close" }],
    [{ status: "closed" }, { name: "close" }, null],
    [{}, { name: "snooze", until }, { name: "unsnooze" }],
    [
      { status: "snoozed", snoozed_until: until },
      { name: "snooze", until: "2026-12-01T06:00:00Z" },
      { name: "snooze", until },
    ],
    [{ unread_count: 1 }, { name: "read" }, { name: "unread" }],
    [{ tag_ids: [] }, { name: "tag", tagId: "a" }, { name: "untag", tagId: "a" }],
    [{ tag_ids: ["a"] }, { name: "tag", tagId: "a" }, { name: "tag", tagId: "a" }],
  ])("from %j, %j by %j", (before, act, back) => {
    expect(undoOf(makeConversation(before), act)).toEqual(back);
  });
});
