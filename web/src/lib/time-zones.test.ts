import { describe, expect, it } from "vitest";
import { matchesZone, timeZoneLabel, timeZoneOptions } from "./time-zones";

const winter = new Date("2026-01-15T12:00:00Z");

describe("a time zone", () => {
  it.each([
    ["Europe/Moscow", "Москва, UTC+3"],
    ["Asia/Yekaterinburg", "Екатеринбург, UTC+5"],
    ["Europe/Kaliningrad", "Калининград, UTC+2"],
    ["Asia/Novosibirsk", "Новосибирск, UTC+7"],
    ["Asia/Kolkata", "Индия, UTC+5:30"],
  ])("%s is called in Russian %s", (zone, label) => {
    expect(timeZoneLabel(zone, "ru", winter)).toBe(label);
  });

  it("that no language names has its own name and offset", () => {
    expect(timeZoneLabel("UTC", "ru", winter)).toBe("UTC, UTC+0");
  });

  it("is found by its city, its English name and its offset", () => {
    const option = { value: "Asia/Yekaterinburg", label: "Екатеринбург, UTC+5" };

    expect(["екат", "yekat", "utc+5"].map((words) => matchesZone(option, words))).toEqual([
      true,
      true,
      true,
    ]);
    expect(matchesZone(option, "москва")).toBe(false);
  });
});

describe("the list of time zones", () => {
  it("goes from west to east and has the one in use", () => {
    const zones = ["Asia/Vladivostok", "Europe/Moscow", "America/New_York"];

    const options = timeZoneOptions("ru", "Asia/Omsk", zones, winter);

    expect(options.map(({ value }) => value)).toEqual([
      "America/New_York",
      "Europe/Moscow",
      "Asia/Omsk",
      "Asia/Vladivostok",
    ]);
  });
});
