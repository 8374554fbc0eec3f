import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage, minutesAgo } from "@/testing/make";
import { callsFor } from "./alerts";
import type { Conversation, Message } from "./types";

const me = "me";

function event(talk: Partial<Conversation>, message: Partial<Message> | null, type: string) {
  return {
    seq: 1,
    type,
    before: null,
    conversation: makeConversation({ mode: "manager", waiting_since: minutesAgo(0), ...talk }),
    message: message && makeMessage(message),
  };
}

describe("what calls for a person", () => {
  it.each([
    ["a customer's word in a talk of nobody", {}, { direction: "in" }, "message.received", true],
    [
      "a customer's word in a talk of ours",
      { assignee: { id: me, name: "Мы" } },
      { direction: "in" },
      "message.received",
      true,
    ],
    [
      "a customer's word in a colleague's talk",
      { assignee: { id: "irina", name: "Ирина" } },
      { direction: "in" },
      "message.received",
      false,
    ],
    [
      "a customer's word to the bot",
      { mode: "bot" },
      { direction: "in" },
      "message.received",
      false,
    ],
    ["a hand-over", {}, { type: "handover", direction: "internal" }, "message.noted", true],
    ["a note", {}, { type: "note", direction: "internal" }, "message.noted", false],
    ["our own reply", { waiting_since: null }, { direction: "out" }, "message.queued", false],
    [
      "a word that asks for nothing",
      { waiting_since: null },
      { direction: "in" },
      "message.received",
      false,
    ],
    ["a change without a word", {}, null, "conversation.updated", false],
  ] as const)("%s", (_, talk, message, type, calls) => {
    expect(callsFor(event(talk, message, type), me)).toBe(calls);
  });
});
