import type { DotKind } from "@/components/ui/dot";
import type { Finding } from "../api/queries";

const weights = { broken: 0, warning: 1, fine: 2 } as const;

export const dots = { broken: "bad", warning: "waiting", fine: "person" } as const satisfies Record<
  Finding["state"],
  DotKind
>;

/** What is broken first; what is fine last. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((one, other) => weights[one.state] - weights[other.state]);
}

/** How bad it is altogether. */
export function worstOf(findings: readonly Finding[]): Finding["state"] {
  return bySeverity(findings)[0]?.state ?? "fine";
}
