import { describe, expect, it } from "vitest";
import { type ColorTokens, darkTokens, lightTokens } from "./tokens";

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// WCAG 2.2, 1.4.3
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

type Token = keyof ColorTokens;
const readable: Record<string, Token[]> = {
  text: ["bg", "panel", "panel-2", "bubble-in", "bubble-out", "bubble-bot", "note", "wait-soft"],
  muted: ["bg", "panel", "panel-2", "bubble-in", "bubble-out", "bubble-bot", "wait-soft", "note"],
  faint: ["bg", "panel", "panel-2", "bubble-in", "bubble-out", "bubble-bot", "note"],
  brand: ["panel", "panel-2", "bg", "brand-soft"],
  bot: ["panel", "panel-2", "bg", "bot-soft"],
  wait: ["panel", "panel-2", "wait-soft"],
  bad: ["panel", "panel-2", "bg", "bad-soft"],
  "on-brand": ["brand"],
  "on-bot": ["bot"],
  "on-wait": ["wait"],
  "on-bad": ["bad"],
};

describe.each([
  ["light", lightTokens],
  ["dark", darkTokens],
])("%s theme", (_name, tokens) => {
  for (const [front, backs] of Object.entries(readable)) {
    for (const back of backs) {
      it(`${front} on ${back} meets AA`, () => {
        expect(contrast(tokens[front as Token], tokens[back])).toBeGreaterThanOrEqual(4.5);
      });
    }
  }
});
