import { describe, expect, it } from "vitest";
import { looksLikeEmail, weaknessOf } from "./password-rules";

describe("a new password", () => {
  it.each([
    ["", "length"],
    ["семьзна", "length"],
    ["12345678", "variety"],
    ["ababababab", "variety"],
    ["Irina@example.ru", "email"],
    ["irina.petrovna", "email", "irina.petrovna@example.ru"],
  ])("%j is weak: %s", (password, rule, email = "irina@example.ru") => {
    expect(weaknessOf(password, email)).toBe(rule);
  });

  it.each(["надёжный пароль", "x7-fgh92", "correct horse"])("%j is fine", (password) => {
    expect(weaknessOf(password, "irina@example.ru")).toBeNull();
  });
});

describe("an address", () => {
  it.each(["irina@example.ru", " a@b "])("%j may be one", (text) => {
    expect(looksLikeEmail(text)).toBe(true);
  });

  it.each(["", "irina", "a@", "@b", "a b@c", "a@b@c"])("%j is none", (text) => {
    expect(looksLikeEmail(text)).toBe(false);
  });
});
