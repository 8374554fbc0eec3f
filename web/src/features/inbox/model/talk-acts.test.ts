import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { talkActs } from "./talk-acts";
import type { Conversation } from "./types";

function acts(over: Partial<Conversation>, room = 2) {
  return talkActs(makeConversation(over), "me", room);
}

describe("what can be done with a talk", () => {
  it("the bot's is taken or closed", () => {
    expect(acts({ mode: "bot" })).toEqual({ buttons: ["take-over", "close"], rest: [] });
  });

  it("one that waits for a person is taken first", () => {
    expect(acts({ mode: "manager" })).toEqual({
      buttons: ["take-over", "return-to-bot"],
      rest: ["close"],
    });
  });

  it("a colleague's can be taken, my own only returned or closed", () => {
    const colleague = { id: "colleague", name: "Павел" };
    expect(acts({ mode: "manager", assignee: colleague }).buttons[0]).toBe("take-over");
    expect(acts({ mode: "manager", assignee: { id: "me", name: "Ирина" } })).toEqual({
      buttons: ["return-to-bot", "close"],
      rest: [],
    });
  });

  it("a closed one is opened again, whoever had it", () => {
    expect(acts({ mode: "manager", status: "closed" })).toEqual({ buttons: ["reopen"], rest: [] });
  });

  it("what has no room goes to the menu", () => {
    expect(acts({ mode: "bot" }, 1)).toEqual({ buttons: ["take-over"], rest: ["close"] });
  });
});
