import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Sending } from "../model/sending";
import { Outbox } from "./outbox";

const user = "user-1";
const sending: Sending = {
  text: "Держим",
  pictures: [],
  idempotencyKey: "key-1",
  afterPosition: "",
  startedAt: "2026-11-21T12:00:00.000Z",
};

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-21T12:00:05.000Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the replies on their way", () => {
  it("of another tab are left to it, and come back only when it is gone for sure", async () => {
    new Outbox(user).add("talk", sending);
    sessionStorage.clear(); // another tab
    const putBack = vi.fn();
    new Outbox(user).restore(putBack);
    await vi.advanceTimersByTimeAsync(24_000);
    expect(putBack).not.toHaveBeenCalled();

    await vi.advanceTimersByTimeAsync(2_000);
    expect(putBack.mock.calls).toEqual([["talk", sending]]);
  });

  it("of another tab that had its answer meanwhile do not come back", async () => {
    const first = new Outbox(user);
    first.add("talk", sending);
    sessionStorage.clear();
    const putBack = vi.fn();
    new Outbox(user).restore(putBack);
    first.remove(sending);
    await vi.advanceTimersByTimeAsync(60_000);

    expect(putBack).not.toHaveBeenCalled();
  });

  it("have their key for the same words in the same talk only", () => {
    const outbox = new Outbox(user);
    outbox.add("talk", sending);
    expect(outbox.keyOf("talk", "Держим", [])).toBeNull(); // it may still arrive by itself
    outbox.comeBack("talk", sending);

    expect(outbox.keyOf("talk", "Держим", [])).toBe("key-1");
    expect(outbox.keyOf("talk", "Держим!", [])).toBeNull();
    expect(outbox.keyOf("other", "Держим", [])).toBeNull();
    expect(new Outbox("user-2").keyOf("talk", "Держим", [])).toBeNull();
  });

  it("are forgotten when they are old or damaged", () => {
    new Outbox(user).add("talk", { ...sending, startedAt: "2026-11-19T12:00:00.000Z" });
    localStorage.setItem(`besedka.sending.${user}.key-2`, '{"talk":"tal');
    const putBack = vi.fn();

    new Outbox(user).restore(putBack);

    expect(putBack).not.toHaveBeenCalled();
    expect(localStorage.getItem(`besedka.sending.${user}.key-1`)).toBeNull();
  });
});
