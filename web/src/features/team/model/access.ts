import { includesRole, type Role, roles } from "@/lib/roles";
import type { Member } from "../api/queries";

/** The roles that somebody of `role` may give, the highest first. */
export function grantableRoles(role: Role): Role[] {
  if (!includesRole(role, "admin")) return [];
  return roles.filter((each) => includesRole(role, each)).reverse();
}

/** Why a member's place can't be changed, or null if it can. */
export function lockOf(
  member: Member,
  me: { id: string; role: Role },
  members: readonly Member[],
): "role" | "lastOwner" | null {
  if (!includesRole(me.role, "admin") || !includesRole(me.role, member.role)) return "role";
  const isLastOwner =
    member.role === "owner" && members.filter(({ role }) => role === "owner").length === 1;
  return isLastOwner ? "lastOwner" : null;
}

const presentMs = 6 * 60_000;

/** The server notes a visit every five minutes. */
export function isHere(lastSeenAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(lastSeenAt) < presentMs;
}
