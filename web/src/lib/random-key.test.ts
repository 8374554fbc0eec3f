import { expect, it, vi } from "vitest";
import { randomKey } from "./random-key";

it("makes different keys also where the page came without https", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });

  const keys = new Set(Array.from({ length: 100 }, randomKey));

  expect(keys.size).toBe(100);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{32}$/);
  vi.unstubAllGlobals();
});
