import i18n from "i18next";
import { dateFormat } from "@/lib/intl";

/** A time as a clock on the wall shows it; months count from 1. */
export interface WallTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const dayMs = 86_400_000;

/** What the clocks of the zone show at that moment. */
export function wallTime(moment: Date, zone: string): WallTime {
  const parts = dateFormat(
    {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    },
    "en-US",
  ).formatToParts(moment);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of("year"),
    month: of("month"),
    day: of("day"),
    hour: of("hour"),
    minute: of("minute"),
  };
}

/** The moment when the clocks of the zone show this. */
export function momentOf(wall: WallTime, zone: string): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let moment = asUtc;
  // Twice: near a change of the clocks the first guess has the offset of the other side.
  for (let round = 0; round < 2; round += 1) moment = asUtc - offsetAt(moment, zone);
  return new Date(moment);
}

function offsetAt(moment: number, zone: string): number {
  const { year, month, day, hour, minute } = wallTime(new Date(moment), zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(moment / 60_000) * 60_000;
}

export interface SnoozeChoice {
  name: "hour" | "evening" | "tomorrow" | "monday";
  until: Date;
}

/** The times that are offered, soonest first; none twice and none that is almost now. */
export function snoozeChoices(now: Date, zone: string): SnoozeChoice[] {
  const today = wallTime(now, zone);
  const at = (days: number, hour: number) => {
    const date = new Date(Date.UTC(today.year, today.month - 1, today.day) + days * dayMs);
    const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    return momentOf({ year, month, day, hour, minute: 0 }, zone);
  };
  const weekday = new Date(Date.UTC(today.year, today.month - 1, today.day)).getUTCDay();
  const daysToMonday = (8 - weekday) % 7 || 7;
  const choices: SnoozeChoice[] = [{ name: "hour", until: new Date(now.getTime() + 3_600_000) }];
  if (today.hour < 17) choices.push({ name: "evening", until: at(0, 18) });
  choices.push({ name: "tomorrow", until: at(1, 9) });
  if (daysToMonday > 1) choices.push({ name: "monday", until: at(daysToMonday, 9) });
  return choices;
}

/** "сегодня, 18:00", "завтра, 09:00", "пн, 24 нояб., 09:00", by the clocks of the zone. */
export function formatMoment(moment: Date, now: Date, zone: string): string {
  const clock = formatTime(moment, zone);
  const days = dayNumber(wallTime(moment, zone)) - dayNumber(wallTime(now, zone));
  if (days === 0) return i18n.t("time.todayAt", { clock });
  if (days === 1) return i18n.t("time.tomorrowAt", { clock });
  const day = dateFormat({ weekday: "short", day: "numeric", month: "short", timeZone: zone });
  return `${day.format(moment)}, ${clock}`;
}

/** "24 ноября, 09:00": within a sentence that is read on another day than it was written. */
export function formatDateAndTime(moment: Date, zone: string): string {
  const day = dateFormat({ day: "numeric", month: "long", timeZone: zone });
  return `${day.format(moment)}, ${formatTime(moment, zone)}`;
}

function formatTime(moment: Date, zone: string): string {
  return dateFormat({ hour: "2-digit", minute: "2-digit", timeZone: zone }).format(moment);
}

function dayNumber({ year, month, day }: WallTime): number {
  return Date.UTC(year, month - 1, day) / dayMs;
}
