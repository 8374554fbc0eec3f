import { describe, expect, it } from "vitest";
import { neighbour, placeOf } from "./row-steps";

const columns = (bot: string[], manager: string[]) =>
  [
    { mode: "bot", ids: bot },
    { mode: "manager", ids: manager },
  ] as const;

describe("a step from the open row", () => {
  it("leads to the row beside it, and not beyond the ends", () => {
    const all = columns(["a", "b", "c"], ["x"]);
    const place = placeOf(all, "b", null);
    expect([neighbour(all, place, 1), neighbour(all, place, -1)]).toEqual(["c", "a"]);
    expect(neighbour(all, placeOf(all, "c", null), 1)).toBeNull();
    expect(neighbour(all, placeOf(all, "x", null), -1)).toBeNull();
  });

  it("begins with the first row there is", () => {
    expect(neighbour(columns([], ["x"]), null, 1)).toBe("x");
    expect(neighbour(columns([], []), null, 1)).toBeNull();
  });

  it("goes on where the row was, wherever that has gone", () => {
    const place = placeOf(columns(["a", "b", "c"], ["x"]), "b", null);
    for (const later of [columns(["a", "c"], ["x"]), columns(["a", "c"], ["b", "x"])]) {
      const kept = placeOf(later, "b", place);
      expect([neighbour(later, kept, 1), neighbour(later, kept, -1)]).toEqual(["c", "a"]);
    }
  });

  it("follows the row within its column", () => {
    const place = placeOf(columns(["a", "b"], []), "b", null);
    const later = columns(["b", "a"], []);
    expect(neighbour(later, placeOf(later, "b", place), 1)).toBe("a");
  });

  it("forgets the place with its column or with another talk", () => {
    const place = placeOf(columns(["a", "b"], []), "b", null);
    const [, manager] = columns([], ["x", "b"]);
    expect(placeOf([manager], "b", place)).toEqual({ id: "b", mode: "manager", index: 1 });
    expect(placeOf(columns(["a"], []), "z", place)).toBeNull();
  });
});
