import type { components } from "@/api/schema";

export type WorkingHours = components["schemas"]["WorkingHours"];
export type Interval = components["schemas"]["WorkingInterval"];

export const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const mostIntervals = 4;

/** What most companies begin from. */
export function usualHours(): WorkingHours {
  const day = () => [{ start: "09:00", end: "18:00" }];
  return { days: [day(), day(), day(), day(), day(), [], []], outside: "hand_over" };
}

export function withDay(hours: WorkingHours, day: number, intervals: Interval[]): WorkingHours {
  return { ...hours, days: hours.days.map((one, at) => (at === day ? intervals : one)) };
}

/** Whether one more interval fits after those that a day has. */
export function hasRoom(intervals: Interval[]): boolean {
  return intervals.length < mostIntervals && intervals.at(-1)?.end !== "24:00";
}

/** One more interval of a day, after those that it has. */
export function withMore(intervals: Interval[]): Interval[] {
  const last = intervals.at(-1);
  if (!last) return [{ start: "09:00", end: "18:00" }];
  return [...intervals, { start: last.end, end: last.end < "23:00" ? "23:00" : "24:00" }];
}

/** A day that cannot be: an end that is not after its start, hours that overlap, an empty time. */
export function isDayWrong(intervals: Interval[]): boolean {
  const sorted = [...intervals].sort((one, other) => one.start.localeCompare(other.start));
  return sorted.some(({ start, end }, at) => {
    const following = sorted[at + 1];
    return start === "" || end === "" || start >= end || (following && end > following.start);
  });
}

export function areHoursWrong(hours: WorkingHours | null): boolean {
  return hours?.days.some(isDayWrong) ?? false;
}
