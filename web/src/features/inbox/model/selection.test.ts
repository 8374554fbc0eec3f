import { describe, expect, it } from "vitest";
import { extended, type Selection, toggled, whole } from "./selection";

const rows = ["a", "b", "c", "d"];
const of = (...ids: string[]): Selection => ({
  mode: "bot",
  ids: new Set(ids),
  anchor: ids.at(-1) ?? "",
});

describe("choosing rows", () => {
  it("adds and takes out, and is nothing when the last is out", () => {
    expect(toggled(null, "bot", "a")).toEqual(of("a"));
    expect(toggled(of("a"), "bot", "b")).toEqual(of("a", "b"));
    expect(toggled(of("a"), "bot", "a")).toBeNull();
  });

  it("begins anew in another column", () => {
    expect(toggled(of("a"), "manager", "x")).toEqual({ ...of("x"), mode: "manager" });
  });

  it("takes the range from the anchor either way, and keeps what was chosen", () => {
    expect(extended(of("c"), "bot", rows, "a", null).ids).toEqual(new Set(["a", "b", "c"]));
    expect(extended(of("a", "c"), "bot", rows, "d", null).ids).toEqual(new Set(["a", "c", "d"]));
  });

  it("begins the range at the open talk, or with the row alone", () => {
    expect(extended(null, "bot", rows, "c", "b").ids).toEqual(new Set(["b", "c"]));
    expect(extended(null, "bot", rows, "c", "elsewhere")).toEqual(of("c"));
  });

  it("takes the whole column", () => {
    expect(whole("bot", rows)?.ids.size).toBe(4);
    expect(whole("bot", [])).toBeNull();
  });
});
