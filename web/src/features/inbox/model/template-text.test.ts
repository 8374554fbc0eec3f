import { describe, expect, it } from "vitest";
import { fillTemplate, firstUnfilled, unfilledIn } from "./template-text";

describe("a template's text", () => {
  it("is filled with what the talk knows", () => {
    expect(
      fillTemplate("{Имя}, {объявление}: {цена}. {имя}, ждём", {
        имя: "Сергей",
        объявление: "Mazda 3",
        цена: "520 000 ₽",
      }),
    ).toBe("Сергей, Mazda 3: 520 000 ₽. Сергей, ждём");
  });

  it("keeps what is not known, and braces that are nobody's variable", () => {
    const text = fillTemplate("{имя}, {цена} {код} {}", { имя: " ", цена: "100 ₽" });

    expect(text).toBe("{имя}, 100 ₽ {код} {}");
    expect(unfilledIn(text)).toEqual(["{имя}"]);
    expect(firstUnfilled(text)).toEqual({ start: 0, end: 5 });
  });

  it("takes no part of a value for another variable or a pattern", () => {
    expect(fillTemplate("{имя} {город}", { имя: "{город} $1", город: "Подольск" })).toBe(
      "{город} $1 Подольск",
    );
  });

  it("has nothing to fill in plain words", () => {
    expect(unfilledIn("Да, ждём")).toEqual([]);
    expect(firstUnfilled("Да, ждём")).toBeNull();
  });
});
