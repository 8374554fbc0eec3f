import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { commandsFor } from "./command";
import { commandOf, isPalette, isSearch, isTakenBy, keyOf, movementOf } from "./keys";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
const possible = commandsFor(makeConversation(), "me");

describe("the keys of the inbox", () => {
  it("do not depend on the layout", () => {
    expect(commandOf({ ...none, code: "KeyE", key: "у" }, possible)).toBe("close");
    expect(movementOf({ ...none, code: "KeyN", key: "т" })).toBe("next-waiting");
    expect(isPalette({ ...none, ctrlKey: true, code: "KeyK", key: "л" })).toBe(true);
    expect(movementOf({ ...none, shiftKey: true, code: "Digit7", key: "?" })).toBe("keys");
    expect(movementOf({ ...none, code: "KeyR", key: "к" })).toBe("reply");
    expect(isSearch({ ...none, code: "Slash", key: "." })).toBe(true);
    expect(isSearch({ ...none, shiftKey: true, code: "Digit7", key: "/" })).toBe(true);
    expect(isSearch({ ...none, shiftKey: true, code: "Slash", key: "?" })).toBe(false);
  });

  it("mean what can be done with the talk", () => {
    const closed = commandsFor(makeConversation({ status: "closed" }), "me");
    expect(commandOf({ ...none, code: "KeyE", key: "e" }, closed)).toBe("reopen");
    expect(commandOf({ ...none, code: "KeyS", key: "s" }, closed)).toBeNull();
    const snoozed = commandsFor(makeConversation({ status: "snoozed" }), "me");
    expect(commandOf({ ...none, code: "KeyS", key: "s" }, snoozed)).toBe("unsnooze");
    expect([keyOf("close"), keyOf("reopen")]).toEqual(["E", "E"]);
  });

  it("leave the browser its own, and act once however long they are held", () => {
    expect(commandOf({ ...none, ctrlKey: true, code: "KeyP", key: "p" }, possible)).toBeNull();
    expect(commandOf({ ...none, repeat: true, code: "KeyP", key: "p" }, possible)).toBeNull();
    expect(movementOf({ ...none, repeat: true, code: "KeyN", key: "n" })).toBeNull();
    expect(movementOf({ ...none, repeat: true, code: "KeyJ", key: "j" })).toBe("down");
  });

  it("belong to a field, a window or a menu that has the focus", () => {
    document.body.innerHTML =
      "<input type=checkbox><input type=radio><textarea></textarea><div role=dialog><button></button></div><a href='/'></a>";
    const taken = ["textarea", "button"].map((tag) => document.querySelector(tag));
    const free = ["input", "input[type=radio]", "a", "body"].map((tag) =>
      document.querySelector(tag),
    );
    expect(taken.map(isTakenBy)).toEqual([true, true]);
    expect(free.map(isTakenBy)).toEqual([false, false, false, false]);
  });
});
