import { describe, expect, it } from "vitest";
import { makeMessage } from "@/testing/make";
import { daysOf, firstUnread, newSince } from "./feed";

function at(sentAt: string, over = {}) {
  return makeMessage({ sent_at: sentAt, ...over });
}

const talk = [
  at("2026-03-10T09:00:00Z"),
  at("2026-03-10T09:01:00Z", { direction: "out" }),
  at("2026-03-11T09:00:00Z"),
  at("2026-03-11T09:01:00Z"),
  at("2026-03-11T09:02:00Z", { direction: "internal", type: "note" }),
];
const [first, , third, fourth] = talk;
const until = "2026-03-11T09:02:00Z";

describe("the first unread message", () => {
  it("is counted back over the customer's own words", () => {
    expect(firstUnread(talk, { count: 1, until })).toBe(fourth?.id);
    expect(firstUnread(talk, { count: 3, until })).toBe(first?.id);
  });

  it("stays where it was when more comes", () => {
    const later = [...talk, at("2026-03-11T10:00:00Z")];
    expect(firstUnread(later, { count: 2, until })).toBe(third?.id);
  });

  it("is not known before it is loaded, nor where nothing was unread", () => {
    expect(firstUnread(talk, { count: 9, until })).toBeNull();
    expect(firstUnread(talk, { count: 0, until })).toBeNull();
    expect(firstUnread(talk, null)).toBeNull();
  });
});

describe("what came out of sight", () => {
  it("is the customer's words after the last one seen", () => {
    expect(newSince(talk, first?.position ?? "")).toBe(2);
    expect(newSince(talk, fourth?.position ?? "")).toBe(0);
    expect(newSince(talk, null)).toBe(0);
  });
});

describe("the days of a talk", () => {
  it("hold their messages in order", () => {
    expect(daysOf(talk).map(({ messages }) => messages.length)).toEqual([2, 3]);
    expect(daysOf([])).toEqual([]);
  });

  it("keep their name when older messages of the same day are loaded", () => {
    expect(daysOf(talk.slice(1))[0]?.key).toBe(daysOf(talk)[0]?.key);
  });
});
