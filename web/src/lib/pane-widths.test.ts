import { describe, expect, it } from "vitest";
import { readWidths } from "./pane-widths";

describe("the remembered widths", () => {
  it("are what was stored", () => {
    expect(readWidths('{"bot":300,"details":280}')).toEqual({ bot: 300, details: 280 });
  });

  it.each([undefined, "", "null", "7", "[1,", '"words"', "{}"])(
    "%s is as if nothing were remembered",
    (text) => {
      expect(readWidths(text)).toEqual({});
    },
  );

  it("leave out what is no width", () => {
    expect(readWidths('{"bot":-5,"manager":"300","details":1e9,"list":320}')).toEqual({
      list: 320,
    });
  });
});
