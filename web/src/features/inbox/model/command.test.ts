import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { buttonsAmong, commandsFor } from "./command";
import type { Conversation } from "./types";

function buttons(over: Partial<Conversation>, room = 2) {
  return buttonsAmong(commandsFor(makeConversation(over), "me"), room);
}

describe("what can be done with a talk", () => {
  it("the bot's is taken or closed", () => {
    expect(buttons({ mode: "bot" })).toEqual(["take-over", "close"]);
  });

  it("one that waits for a person is taken first", () => {
    expect(buttons({ mode: "manager" })).toEqual(["take-over", "return-to-bot"]);
  });

  it("a colleague's can be taken, my own only returned or closed", () => {
    const colleague = { id: "colleague", name: "Павел" };
    expect(buttons({ mode: "manager", assignee: colleague })[0]).toBe("take-over");
    expect(buttons({ mode: "manager", assignee: { id: "me", name: "Ирина" } })).toEqual([
      "return-to-bot",
      "close",
    ]);
  });

  it("a closed one is opened again, tagged or pinned, and nothing else", () => {
    const closed = makeConversation({ mode: "manager", status: "closed" });
    expect(commandsFor(closed, "me")).toEqual(["reopen", "tags", "pin"]);
  });

  it("a snoozed one is brought back first", () => {
    expect(buttons({ status: "snoozed" }, 1)).toEqual(["unsnooze"]);
  });

  it("is put off or brought back, whichever fits: both have one key", () => {
    const snoozing = (status: Conversation["status"]) =>
      commandsFor(makeConversation({ status }), "me").filter((name) => name.endsWith("snooze"));
    expect(snoozing("open")).toEqual(["snooze"]);
    expect(snoozing("snoozed")).toEqual(["unsnooze"]);
  });
});
