import { describe, expect, it } from "vitest";
import { includesRole, roles } from "./roles";

describe("a role", () => {
  it.each(roles)("%s may all that those below it may, and no more", (role) => {
    const allowed = roles.filter((needed) => includesRole(role, needed));

    expect(allowed).toEqual(roles.slice(0, roles.indexOf(role) + 1));
  });
});
