import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { applyEventToCounts, attentionCount } from "./counts";
import type { Before, InboxEvent } from "./inbox-event";
import type { Conversation, Counts } from "./types";

const counts: Counts = {
  bot: { open: 10, unread: 3, waiting: 2 },
  manager: { open: 5, unread: 1, waiting: 1 },
  seq: 100,
};

function event(seq: number, before: Before | null, after: Partial<Conversation>): InboxEvent {
  const conversation = makeConversation(after);
  return { seq, type: "conversation.updated", conversation, before, message: null };
}

const quietBot: Before = { mode: "bot", status: "open", unread_count: 0, waiting: false };

describe("the counts under live events", () => {
  it("count a new conversation", () => {
    const next = applyEventToCounts(
      counts,
      event(101, null, { unread_count: 1, waiting_since: "2026-11-20T10:00:00Z" }),
    );

    expect(next.bot).toEqual({ open: 11, unread: 4, waiting: 3 });
    expect(next.manager).toEqual(counts.manager);
  });

  it("count an unread conversation once, however many messages it has", () => {
    const first = applyEventToCounts(counts, event(101, quietBot, { unread_count: 1 }));
    const second = applyEventToCounts(
      first,
      event(102, { ...quietBot, unread_count: 1 }, { unread_count: 2 }),
    );

    expect(second.bot.unread).toBe(4);
  });

  it("move a conversation between the columns", () => {
    const before: Before = { mode: "bot", status: "open", unread_count: 2, waiting: true };
    const next = applyEventToCounts(
      counts,
      event(101, before, {
        mode: "manager",
        unread_count: 2,
        waiting_since: "2026-11-20T10:00:00Z",
      }),
    );

    expect(next.bot).toEqual({ open: 9, unread: 2, waiting: 1 });
    expect(next.manager).toEqual({ open: 6, unread: 2, waiting: 2 });
  });

  it("drop a closed conversation and take a reopened one back", () => {
    const closed = applyEventToCounts(counts, event(101, quietBot, { status: "closed" }));
    const reopened = applyEventToCounts(
      closed,
      event(102, { ...quietBot, status: "closed" }, { status: "open" }),
    );

    expect(closed.bot.open).toBe(9);
    expect(reopened.bot.open).toBe(10);
  });

  it("ignore what they already include and what came twice", () => {
    const created = event(101, null, {});
    const once = applyEventToCounts(counts, created);

    expect(applyEventToCounts(counts, event(100, null, {}))).toBe(counts);
    expect(applyEventToCounts(once, created)).toBe(once);
  });

  it("ask for attention by the bot's unread and the people's waiting", () => {
    expect(attentionCount(counts)).toBe(4);
  });
});
