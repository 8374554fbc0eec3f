import type { Account, Probe } from "../api/queries";

export const checkNames = ["keys", "account", "tariff", "webhook", "message"] as const;
export type CheckName = (typeof checkNames)[number];
export type CheckState = "idle" | "running" | "passed" | "warned" | "failed";

export interface Check {
  name: CheckName;
  state: CheckState;
  /** The server's own words, where it has any. */
  problem?: { title: string; wayOut: string } | undefined;
}

/** How the keys fared, before anything is kept. */
export function checksOfProbe(probe: Probe | undefined, isRunning: boolean): Check[] {
  return checkNames.map((name) => {
    if (isRunning) return { name, state: "running" };
    const step = probe?.steps.find((each) => each.step === name);
    if (!step) return { name, state: "idle" };
    if (step.is_passed) return { name, state: "passed" };
    const problem = { title: step.title ?? "", wayOut: step.way_out ?? "" };
    return { name, state: "failed", problem };
  });
}

/** How a kept account fares: it passed the first checks, or was kept in spite of them. */
export function checksOfAccount(
  account: Account,
  { getsWebhooks, hasMessage }: { getsWebhooks: boolean; hasMessage: boolean },
): Check[] {
  const isRefused = account.state === "attention";
  const problem = isRefused ? { title: account.problem_text ?? "", wayOut: "" } : undefined;
  const isTariff = account.problem_code === "payment_required";
  return [
    isRefused && !isTariff ? { name: "keys", state: "failed", problem } : passed("keys"),
    passed("account"),
    isRefused && isTariff ? { name: "tariff", state: "failed", problem } : passed("tariff"),
    { name: "webhook", state: webhookState(account, getsWebhooks, isRefused) },
    { name: "message", state: hasMessage ? "passed" : isRefused ? "idle" : "running" },
  ];
}

function passed(name: CheckName): Check {
  return { name, state: "passed" };
}

function webhookState(account: Account, getsWebhooks: boolean, isRefused: boolean): CheckState {
  if (isRefused) return "idle";
  if (account.problem_code === "webhook_missing") return "warned";
  if (account.webhook_subscribed_at === null) return "running";
  return getsWebhooks ? "passed" : "warned";
}

/** Whether the talk's last word came since the account was connected, and not with its history. */
export function isFresh(lastActivityAt: string, connectedAt: string): boolean {
  // The channel counts whole seconds.
  return Date.parse(lastActivityAt) >= Math.floor(Date.parse(connectedAt) / 1000) * 1000;
}
