import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage, minutesAgo } from "@/testing/make";
import { applyEventToCard, mayBringPhone, movesAgent, phoneText } from "./contact-card";
import type { InboxEvent } from "./inbox-event";
import type { ContactCard, Conversation } from "./types";

const contact = { id: "contact", name: "Сергей", avatar_url: null, is_blocked: false };
const older = makeConversation({ contact, last_activity_at: minutesAgo(20) });
const newer = makeConversation({ contact, last_activity_at: minutesAgo(5) });

const card: ContactCard = {
  id: "contact",
  name: "Сергей",
  avatar_url: null,
  is_blocked: false,
  blocked_at: null,
  created_at: minutesAgo(60),
  identities: [],
  phones: [],
  talk_count: 2,
  talks: [newer, older],
  notes: [],
};

function eventOf(conversation: Conversation, over: Partial<InboxEvent> = {}): InboxEvent {
  const before = { mode: conversation.mode, status: conversation.status } as InboxEvent["before"];
  return { seq: 9, type: "conversation.updated", conversation, before, message: null, ...over };
}

describe("a contact's card", () => {
  it("moves the talk that something happened in to the top", () => {
    const moved = { ...older, version: 2, last_activity_at: minutesAgo(0) };
    const { talks, talk_count: count } = applyEventToCard(card, eventOf(moved));
    expect([talks.map(({ id }) => id), count]).toEqual([[older.id, newer.id], 2]);
  });

  it("counts a talk about another listing", () => {
    const third = makeConversation({ contact });
    expect(applyEventToCard(card, eventOf(third)).talk_count).toBe(3);
  });

  it("keeps what is newer than the event", () => {
    const stale = { ...newer, version: 0, contact: { ...contact, name: "Старое имя" } };
    expect(applyEventToCard(card, eventOf(stale))).toEqual(card);
  });

  it("takes a note once", () => {
    const note = makeMessage({ type: "note", text: "Просит скидку" });
    const event = eventOf({ ...newer, version: 2 }, { message: note });
    const once = applyEventToCard(card, event);
    expect(applyEventToCard(once, event).notes).toEqual([note]);
  });

  it("says that the contact is blocked", () => {
    const blocked = { ...newer, version: 2, contact: { ...contact, is_blocked: true } };
    expect(applyEventToCard(card, eventOf(blocked)).is_blocked).toBe(true);
  });

  it("is left alone by what happens to others", () => {
    expect(applyEventToCard(card, eventOf(makeConversation()))).toBe(card);
  });
});

describe("what asks the server anew", () => {
  it.each([
    ["Звоните 8 916 123-42-18", true],
    ["Отдадите за 450 000?", false],
  ])("%s", (text, expected) => {
    expect(mayBringPhone(eventOf(newer, { message: makeMessage({ text }) }))).toBe(expected);
  });

  it("is a change of mode, a word of the bot, a mark, but no plain message", () => {
    const bot = makeMessage({ author: { kind: "bot", id: null, name: null } });
    expect(movesAgent(eventOf(newer, { message: makeMessage() }))).toBe(false);
    expect(movesAgent(eventOf(newer, { message: bot }))).toBe(true);
    expect(movesAgent(eventOf(newer, { message: makeMessage({ type: "activity" }) }))).toBe(true);
    expect(movesAgent({ ...eventOf(newer), before: null })).toBe(true);
  });
});

it("writes a phone as people do", () => {
  expect(phoneText("+79161234218")).toBe("+7\u00a0916\u00a0123-42-18");
  expect(phoneText("+1555")).toBe("+1555");
});
