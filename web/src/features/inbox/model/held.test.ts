import { describe, expect, it } from "vitest";
import { makeMessage } from "@/testing/make";
import { heldSeconds, isTakenBack, lastHeld } from "./held";

const now = Date.parse("2026-11-21T12:00:00Z");

function held(afterMs: number, over: Partial<ReturnType<typeof makeMessage>> = {}) {
  return makeMessage({
    direction: "out",
    status: "queued",
    sent_at: new Date(now).toISOString(),
    held_until: new Date(now + afterMs).toISOString(),
    ...over,
  });
}

describe("a held reply", () => {
  it("counts whole seconds down to nothing", () => {
    expect([5000, 4200, 1, 0, -3000].map((ms) => heldSeconds(held(ms), now))).toEqual([
      5, 5, 1, 0, 0,
    ]);
  });

  it("cannot be taken back once it has left", () => {
    expect(heldSeconds(held(5000, { status: "sent" }), now)).toBe(0);
    expect(heldSeconds(held(5000, { held_until: null }), now)).toBe(0);
  });

  it("is the newest of one's own", () => {
    const older = held(1000);
    const mine = held(3000);
    const colleagues = held(5000, { author: { kind: "user", id: "user-2", name: "Павел" } });

    expect(lastHeld([older, mine, colleagues], "user-1", now)).toBe(mine);
    expect(lastHeld([held(-1), colleagues], "user-1", now)).toBeUndefined();
  });

  it("is gone from the talk when a person took it back, unlike the agent's draft", () => {
    expect(isTakenBack(held(0, { status: "discarded" }))).toBe(true);
    const agents = held(0, { status: "discarded", author: { kind: "bot", id: null, name: null } });
    expect(isTakenBack(agents)).toBe(false);
  });
});
