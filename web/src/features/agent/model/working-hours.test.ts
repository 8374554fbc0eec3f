import { describe, expect, it } from "vitest";
import { areHoursWrong, hasRoom, isDayWrong, usualHours, withDay, withMore } from "./working-hours";

describe("working hours", () => {
  it.each([
    [[], false],
    [[{ start: "09:00", end: "18:00" }], false],
    [[{ start: "18:00", end: "09:00" }], true],
    [[{ start: "09:00", end: "09:00" }], true],
    [[{ start: "", end: "18:00" }], true],
    [
      [
        { start: "14:00", end: "18:00" },
        { start: "09:00", end: "13:00" },
      ],
      false,
    ],
    [
      [
        { start: "09:00", end: "14:00" },
        { start: "13:00", end: "18:00" },
      ],
      true,
    ],
  ])("%j: wrong is %s", (day, isWrong) => {
    expect(isDayWrong(day)).toBe(isWrong);
  });

  it("have no room after midnight and after the fourth interval", () => {
    expect(hasRoom([{ start: "09:00", end: "18:00" }])).toBe(true);
    expect(hasRoom([{ start: "09:00", end: "24:00" }])).toBe(false);
    expect(hasRoom(Array.from({ length: 4 }, () => ({ start: "09:00", end: "10:00" })))).toBe(
      false,
    );
  });

  it("change by the day, and a wrong one spoils them all", () => {
    const hours = usualHours();
    const wrong = withDay(hours, 6, [{ start: "10:00", end: "09:00" }]);

    expect([areHoursWrong(null), areHoursWrong(hours), areHoursWrong(wrong)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(hours.days[6]).toEqual([]);
  });

  it("grow by an interval that may stand", () => {
    for (const day of [
      [],
      [{ start: "09:00", end: "18:00" }],
      [{ start: "09:00", end: "23:30" }],
    ]) {
      expect(isDayWrong(withMore(day))).toBe(false);
    }
  });
});
