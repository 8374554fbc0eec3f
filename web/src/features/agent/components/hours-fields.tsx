import { ActionIcon, Checkbox, Radio, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  days,
  hasRoom,
  type Interval,
  isDayWrong,
  usualHours,
  type WorkingHours,
  withDay,
  withMore,
} from "../model/working-hours";
import classes from "./agent-settings.module.css";
import own from "./hours-fields.module.css";

interface Props {
  hours: WorkingHours | null;
  timeZone: string;
  isLocked: boolean;
  onChange: (hours: WorkingHours | null) => void;
}

export function HoursFields({ hours, timeZone, isLocked, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.group} disabled={isLocked}>
      <Switch
        label={t("hours.title")}
        description={hours ? t("hours.zone", { zone: timeZone }) : t("hours.always")}
        checked={hours !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? usualHours() : null)}
      />
      {hours && (
        <>
          {hours.days.map((intervals, day) => (
            <Day
              key={days[day]}
              name={t(`hours.day.${days[day] ?? "mon"}`)}
              intervals={intervals}
              onChange={(next) => onChange(withDay(hours, day, next))}
            />
          ))}
          <Radio.Group
            label={t("hours.outside")}
            value={hours.outside}
            onChange={(outside) =>
              onChange({ ...hours, outside: outside === "answer" ? "answer" : "hand_over" })
            }
          >
            <Radio mt={8} value="hand_over" label={t("hours.handOver")} />
            <Radio mt={8} value="answer" label={t("hours.answer")} />
          </Radio.Group>
        </>
      )}
    </fieldset>
  );
}

interface DayProps {
  name: string;
  intervals: Interval[];
  onChange: (intervals: Interval[]) => void;
}

function Day({ name, intervals, onChange }: DayProps) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<Interval>) =>
    onChange(intervals.map((one, place) => (place === at ? { ...one, ...change } : one)));
  return (
    <div className={own.day}>
      <Checkbox
        className={own.name}
        label={name}
        checked={intervals.length > 0}
        onChange={(event) => onChange(event.currentTarget.checked ? withMore([]) : [])}
      />
      <div className={own.intervals}>
        {intervals.length === 0 && <span className={classes.note}>{t("hours.dayOff")}</span>}
        {intervals.map(({ start, end }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an interval has no name but its place
          <div key={at} className={own.interval}>
            <TextInput
              className={own.time}
              type="time"
              aria-label={t("hours.from", { day: name })}
              value={start}
              onChange={(event) => put(at, { start: event.currentTarget.value })}
            />
            <span aria-hidden>–</span>
            <TextInput
              className={own.time}
              type="time"
              aria-label={t("hours.to", { day: name })}
              // A field of the browser knows no 24:00.
              value={end === "24:00" ? "00:00" : end}
              onChange={({ currentTarget: { value } }) =>
                put(at, { end: value === "00:00" ? "24:00" : value })
              }
            />
            {at > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("hours.remove", { day: name })}
                onClick={() => onChange(intervals.filter((_, place) => place !== at))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
            {at === 0 && hasRoom(intervals) && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("hours.more", { day: name })}
                title={t("hours.more", { day: name })}
                onClick={() => onChange(withMore(intervals))}
              >
                <IconPlus size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
        {isDayWrong(intervals) && (
          <span className={own.wrong} role="alert">
            {t("hours.wrong")}
          </span>
        )}
      </div>
    </div>
  );
}
