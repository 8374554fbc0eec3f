import i18n from "i18next";
import ru from "./i18n/ru.json";

type City = keyof typeof ru.city;

export interface TimeZoneOption {
  value: string;
  label: string;
}

/** The part of the hour that the zone is off UTC by, as "UTC+3" or "UTC+5:30". */
function offsetOf(zone: string, at: Date): string {
  const name = partOf("en", zone, "shortOffset", at);
  return name === "GMT" ? "UTC+0" : name.replace("GMT", "UTC");
}

/** The city in the language: ours for those nearby, else the browser's, which has few of them. */
function cityOf(zone: string, language: string, at: Date): string {
  const known = zone.split("/").at(-1) ?? zone;
  if (isKnownCity(known)) return i18n.t(`city.${known}`, { lng: language });
  const name = partOf(language, zone, "shortGeneric", at);
  const isName = name !== "" && !/^(GMT|UTC)/.test(name) && name.length > 3;
  return isName ? name : known.replaceAll("_", " ");
}

function isKnownCity(name: string): name is City {
  return Object.hasOwn(ru.city, name);
}

function partOf(
  language: string,
  timeZone: string,
  timeZoneName: "shortGeneric" | "shortOffset",
  at: Date,
): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone, timeZoneName }).formatToParts(at);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

function minutesOf(offset: string): number {
  const [, sign, hours = "0", minutes = "0"] = /([+-−])(\d+)(?::(\d+))?/.exec(offset) ?? [];
  const size = Number(hours) * 60 + Number(minutes);
  return sign === "+" ? size : -size;
}

export function timeZoneLabel(zone: string, language: string, at = new Date()): string {
  return `${cityOf(zone, language, at)}, ${offsetOf(zone, at)}`;
}

/** All zones by their offset and name; `current` is among them even if the browser lacks it. */
export function timeZoneOptions(
  language: string,
  current: string,
  zones: readonly string[] = Intl.supportedValuesOf("timeZone"),
  at = new Date(),
): TimeZoneOption[] {
  const all = zones.includes(current) ? zones : [current, ...zones];
  return all
    .map((value) => ({
      value,
      label: timeZoneLabel(value, language, at),
      minutes: minutesOf(offsetOf(value, at)),
    }))
    .sort((a, b) => a.minutes - b.minutes || a.label.localeCompare(b.label, language))
    .map(({ value, label }) => ({ value, label }));
}

/** What is typed may be a part of the city, of the zone's English name, or the offset. */
export function matchesZone({ value, label }: TimeZoneOption, words: string): boolean {
  const wanted = words.trim().toLocaleLowerCase();
  return (
    label.toLocaleLowerCase().includes(wanted) ||
    value.toLocaleLowerCase().replaceAll("_", " ").includes(wanted)
  );
}

export function browserTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
