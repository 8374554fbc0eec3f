import { describe, expect, it } from "vitest";
import { piecesOf } from "./marks";

function marked(text: string, ranges: { start: number; end: number }[]): string {
  return piecesOf(text, ranges)
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join("");
}

describe("what is marked in a text", () => {
  it("stands in its place", () => {
    const ranges = [
      { start: 0, end: 6 },
      { start: 9, end: 13 },
    ];
    expect(marked("зимние и лето", ranges)).toBe("[зимние] и [лето]");
  });

  it("is counted in characters, also after an emoji", () => {
    expect(marked("👍🏽 диван", [{ start: 3, end: 8 }])).toBe("👍🏽 [диван]");
  });

  it("is nothing when nothing is found there", () => {
    expect(marked("диван", [])).toBe("диван");
    expect(piecesOf("", [])).toEqual([]);
  });
});
