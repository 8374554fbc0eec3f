import i18n from "i18next";
import { describe, expect, it } from "vitest";
import {
  formatDate,
  formatDay,
  formatMoney,
  formatRowTime,
  formatSeconds,
  formatWaiting,
} from "./format";

const now = new Date(2026, 10, 20, 14, 32);
const at = (...parts: [number, number, number, number?, number?]) =>
  new Date(...parts).toISOString();

describe("times and money in Russian", () => {
  it("a row shows the hour, then yesterday, then the date", () => {
    expect(formatRowTime(at(2026, 10, 20, 9, 5), now)).toBe("09:05");
    expect(formatRowTime(at(2026, 10, 19, 23, 59), now)).toBe("вчера");
    expect(formatRowTime(at(2026, 10, 14), now)).toBe("14 нояб");
    expect(formatRowTime(at(2025, 10, 14), now)).toBe("14.11.25");
  });

  it("a date stands within a sentence", () => {
    expect(formatDate(at(2026, 10, 28))).toBe("28 ноября 2026");
  });

  it("a day has its name", () => {
    expect(formatDay(at(2026, 10, 20, 1), now)).toBe("Сегодня");
    expect(formatDay(at(2026, 10, 19, 1), now)).toBe("Вчера");
    expect(formatDay(at(2026, 10, 1), now)).toBe("1 ноября");
  });

  it("waiting is told in its largest unit", () => {
    expect(formatWaiting(at(2026, 10, 20, 14, 26), now)).toBe("6\u00a0мин");
    expect(formatWaiting(at(2026, 10, 20, 12, 30), now)).toBe("2\u00a0ч");
    expect(formatWaiting(at(2026, 10, 17), now)).toBe("3\u00a0дн");
    expect(formatWaiting(at(2026, 10, 20, 14, 33), now)).toBe("<\u00a01\u00a0мин");
  });

  it("money has non-breaking spaces and kopecks only where there are any", () => {
    expect(formatMoney(48_000_000, "RUB")).toBe("480\u00a0000\u00a0₽");
    expect(formatMoney(31, "RUB")).toBe("0,31\u00a0₽");
    expect(formatSeconds(1.94)).toBe("1,9\u00a0с");
  });

  it.each([
    [1, "1 чат"],
    [2, "2 чата"],
    [5, "5 чатов"],
    [11, "11 чатов"],
    [21, "21 чат"],
    [128, "128 чатов"],
  ])("%i takes its own form", (count, words) => {
    expect(i18n.t("inbox.counts.chats", { count, formatted: String(count) })).toBe(words);
  });
});
