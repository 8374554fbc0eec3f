import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/roles";
import type { Member } from "../api/queries";
import { grantableRoles, isHere, lockOf } from "./access";

function member(id: string, role: Role): Member {
  return { id, role, name: id, email: `${id}@example.ru`, last_seen_at: null };
}

describe("the roles that may be given", () => {
  it.each([
    ["owner", ["owner", "admin", "manager", "viewer"]],
    ["admin", ["admin", "manager", "viewer"]],
    ["manager", []],
    ["viewer", []],
  ] as const)("by %s", (role, given) => {
    expect(grantableRoles(role)).toEqual(given);
  });
});

describe("a member's place", () => {
  const owner = member("owner", "owner");
  const admin = member("admin", "admin");
  const manager = member("manager", "manager");
  const team = [owner, admin, manager];

  it("is changed by those who stand as high", () => {
    expect(lockOf(manager, admin, team)).toBeNull();
    expect(lockOf(admin, admin, team)).toBeNull();
    expect(lockOf(admin, owner, team)).toBeNull();
  });

  it("is not changed from below", () => {
    expect(lockOf(owner, admin, team)).toBe("role");
    expect(lockOf(manager, manager, team)).toBe("role");
  });

  it("is kept for the last owner alone", () => {
    expect(lockOf(owner, owner, team)).toBe("lastOwner");
    expect(lockOf(owner, owner, [...team, member("second", "owner")])).toBeNull();
  });
});

describe("somebody", () => {
  const now = new Date("2026-01-15T12:00:00Z");

  it("is here until the next visit would have been noted", () => {
    expect(isHere("2026-01-15T11:55:00Z", now)).toBe(true);
    expect(isHere("2026-01-15T11:53:00Z", now)).toBe(false);
  });
});
