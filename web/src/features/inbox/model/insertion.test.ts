import { describe, expect, it } from "vitest";
import { insertInto } from "./insertion";

describe("inserting into the text", () => {
  it("puts the piece at the cursor and the cursor behind it", () => {
    expect(insertInto("Да, ждём", 3, 3, " конечно,")).toEqual({
      text: "Да, конечно, ждём",
      cursor: 12,
    });
  });

  it("replaces what is selected", () => {
    expect(insertInto("Завтра в 10", 0, 6, "Сегодня")).toEqual({
      text: "Сегодня в 10",
      cursor: 7,
    });
  });
});
