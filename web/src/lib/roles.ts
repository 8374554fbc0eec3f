import type { components } from "@/api/schema";

export type Role = components["schemas"]["Role"];

/** From the one that only reads to the one that may everything. */
export const roles = ["viewer", "manager", "admin", "owner"] as const satisfies readonly Role[];

/** Whether who has `role` may what `needed` may. */
export function includesRole(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}
