import { describe, expect, it } from "vitest";
import type { Account, Probe } from "../api/queries";
import { checksOfAccount, checksOfProbe, isFresh } from "./checks";

function account(over: Partial<Account>): Account {
  return {
    state: "connected",
    problem_code: null,
    problem_text: null,
    webhook_subscribed_at: "2026-01-15T12:00:01Z",
    ...over,
  } as Account;
}

function states(checks: ReturnType<typeof checksOfAccount>): string {
  return checks.map(({ state }) => state).join(" ");
}

describe("the checks of keys", () => {
  const failed: Probe = {
    account_name: null,
    account_id: null,
    steps: [
      { step: "keys", is_passed: true, code: null, title: null, way_out: null },
      { step: "account", is_passed: false, code: "x", title: "Чужой", way_out: "Возьмите другие" },
    ],
  };

  it("run together", () => {
    expect(states(checksOfProbe(undefined, true))).toBe("running running running running running");
  });

  it("stop at the first that fails, with its words", () => {
    const checks = checksOfProbe(failed, false);

    expect(states(checks)).toBe("passed failed idle idle idle");
    expect(checks[1]?.problem).toEqual({ title: "Чужой", wayOut: "Возьмите другие" });
  });
});

describe("the checks of a kept account", () => {
  const reached = { getsWebhooks: true, hasMessage: false };

  it.each([
    [
      "waits for its webhook",
      { webhook_subscribed_at: null },
      "passed passed passed running running",
    ],
    ["waits for a message", {}, "passed passed passed passed running"],
    [
      "has no webhook",
      { problem_code: "webhook_missing", webhook_subscribed_at: null },
      "passed passed passed warned running",
    ],
    [
      "has no tariff",
      { state: "attention", problem_code: "payment_required" },
      "passed passed failed idle idle",
    ],
    [
      "has keys that no longer fit",
      { state: "attention", problem_code: "credentials_rejected" },
      "failed passed passed idle idle",
    ],
  ] as const)("%s", (_words, over, expected) => {
    expect(states(checksOfAccount(account(over), reached))).toBe(expected);
  });

  it("is done with a message, and warns of an address that nobody reaches", () => {
    const checks = checksOfAccount(account({}), { getsWebhooks: false, hasMessage: true });

    expect(states(checks)).toBe("passed passed passed warned passed");
  });
});

describe("a message", () => {
  it("counts from the second in which the account was connected", () => {
    expect(isFresh("2026-01-15T12:00:00Z", "2026-01-15T12:00:00.700Z")).toBe(true);
    expect(isFresh("2026-01-15T11:59:59Z", "2026-01-15T12:00:00.700Z")).toBe(false);
  });
});
