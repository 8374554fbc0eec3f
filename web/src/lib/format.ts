import i18n from "i18next";
import { dateFormat, numberFormat } from "./intl";

const dayMs = 86_400_000;

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function daysBetween(earlier: Date, later: Date): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / dayMs);
}

/** "Ирина", "Ирина и Павел", "Ирина, Павел и Олег". */
export function joinNames(names: string[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
}

/** Two letters for a person. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("")
    .toUpperCase();
}

export function formatClock(iso: string): string {
  return dateFormat({ hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}

/** The time of a row: the hour today, "вчера", then the date. */
export function formatRowTime(iso: string, now: Date): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return formatClock(iso);
  if (days === 1) return i18n.t("time.yesterday");
  if (date.getFullYear() === now.getFullYear()) {
    return dateFormat({ day: "numeric", month: "short" }).format(date).replace(".", "");
  }
  return dateFormat({ day: "2-digit", month: "2-digit", year: "2-digit" }).format(date);
}

/** The heading of a day in a talk. */
export function formatDay(iso: string, now: Date): string {
  const date = new Date(iso);
  const days = daysBetween(date, now);
  if (days <= 0) return i18n.t("time.todayHeading");
  if (days === 1) return i18n.t("time.yesterdayHeading");
  const isThisYear = date.getFullYear() === now.getFullYear();
  return dateFormat({
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" }),
  }).format(date);
}

export function isSameDay(one: string, other: string): boolean {
  return daysBetween(new Date(one), new Date(other)) === 0;
}

export function formatDate(iso: string): string {
  const date = dateFormat({ day: "numeric", month: "long", year: "numeric" }).format(new Date(iso));
  return date.replace(" г.", ""); // it stands within sentences, which end with a dot of their own
}

/** How long ago, in its largest unit: "6 мин", "2 ч", "3 дн". */
export function formatWaiting(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 1) return i18n.t("time.lessThanMinute");
  if (minutes < 60) return i18n.t("time.minutes", { count: minutes });
  if (minutes < 24 * 60) return i18n.t("time.hours", { count: Math.floor(minutes / 60) });
  return i18n.t("time.days", { count: Math.floor(minutes / (24 * 60)) });
}

export function formatNumber(value: number): string {
  return numberFormat().format(value);
}

export function formatSeconds(seconds: number): string {
  const tenths = numberFormat({ maximumFractionDigits: 1 });
  if (seconds < 0.1) return i18n.t("time.lessThanSeconds", { value: tenths.format(0.1) });
  return i18n.t("time.seconds", { value: tenths.format(seconds) });
}

/** Minor units to "480 000 ₽"; kopecks show only where there are any. */
export function formatMoney(minor: number, currency: string): string {
  const value = minor / 100;
  return numberFormat({
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: Number.isInteger(value) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(value);
}
