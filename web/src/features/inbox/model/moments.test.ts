import { describe, expect, it } from "vitest";
import { formatMoment, momentOf, snoozeChoices, wallTime } from "./moments";

const moscow = "Europe/Moscow";

function offered(now: string, zone = moscow): Record<string, string> {
  return Object.fromEntries(
    snoozeChoices(new Date(now), zone).map(({ name, until }) => [name, until.toISOString()]),
  );
}

describe("the times that a talk can be put off to", () => {
  it("follow the company's clocks, not the browser's", () => {
    // Friday, 10:30 in Moscow, already 17:30 in Vladivostok
    expect(offered("2026-11-20T07:30:00Z")).toEqual({
      hour: "2026-11-20T08:30:00.000Z",
      evening: "2026-11-20T15:00:00.000Z",
      tomorrow: "2026-11-21T06:00:00.000Z",
      monday: "2026-11-23T06:00:00.000Z",
    });
    expect(offered("2026-11-20T07:30:00Z", "Asia/Vladivostok")).not.toHaveProperty("evening");
  });

  it("offer Monday once, and on a Monday the next one", () => {
    expect(offered("2026-11-22T09:00:00Z")).not.toHaveProperty("monday"); // a Sunday
    expect(offered("2026-11-23T09:00:00Z").monday).toBe("2026-11-30T06:00:00.000Z");
  });

  it("keep the wall time when the clocks change in between", () => {
    const berlin = "Europe/Berlin"; // summer time ends on 25 October 2026
    const morning = { year: 2026, month: 10, day: 25, hour: 9, minute: 0 };
    expect(momentOf(morning, berlin).toISOString()).toBe("2026-10-25T08:00:00.000Z");
    expect(wallTime(momentOf(morning, berlin), berlin)).toEqual(morning);
  });
});

describe("a moment in words", () => {
  it.each([
    ["2026-11-20T15:00:00Z", "сегодня, 18:00"],
    ["2026-11-21T06:00:00Z", "завтра, 09:00"],
    ["2026-11-23T06:00:00Z", "пн, 23 нояб., 09:00"],
  ])("%s is %s", (moment, words) => {
    expect(formatMoment(new Date(moment), new Date("2026-11-20T07:30:00Z"), moscow)).toBe(words);
  });
});
