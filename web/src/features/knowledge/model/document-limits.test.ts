import { describe, expect, it } from "vitest";
import { textProblem, titleProblem } from "./document-limits";

describe("a document's limits", () => {
  it("are counted in characters", () => {
    expect(titleProblem("🙂".repeat(200))).toBeNull();
    expect(titleProblem("🙂".repeat(201))).toBe("long");
    expect(titleProblem("  ")).toBe("empty");
    expect(textProblem("а".repeat(2_000_001))).toBe("long");
    expect(textProblem("\n")).toBe("empty");
  });
});
