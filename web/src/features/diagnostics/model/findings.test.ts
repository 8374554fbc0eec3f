import { describe, expect, it } from "vitest";
import type { Finding } from "../api/queries";
import { bySeverity, worstOf } from "./findings";

function finding(state: Finding["state"], what: string): Finding {
  return { state, what, mend: "", place: null };
}

describe("the findings", () => {
  const found = [finding("fine", "a"), finding("warning", "b"), finding("broken", "c")];

  it("stand with the broken ones first", () => {
    expect(bySeverity(found).map(({ what }) => what)).toEqual(["c", "b", "a"]);
  });

  it("are as bad as the worst of them", () => {
    expect(worstOf(found)).toBe("broken");
    expect(worstOf([])).toBe("fine");
  });
});
