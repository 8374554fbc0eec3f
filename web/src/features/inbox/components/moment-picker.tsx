import { Button, Stack } from "@mantine/core";
import { DatesProvider, DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import dayjs from "dayjs";
import "dayjs/locale/ru";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { useMinute } from "@/lib/minute-clock";
import { useIsPhone } from "@/lib/viewport";
import { formatMoment, momentOf, snoozeChoices, wallTime } from "../model/moments";
import classes from "./moment-picker.module.css";

interface Props {
  /** What the button under an own time says: "Отложить: завтра, 09:00". */
  label: (moment: string) => string;
  onPick: (moment: Date) => void;
}

/** A moment to come, by the company's clocks. */
export function MomentPicker({ label, onPick }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useMe();
  const isPhone = useIsPhone();
  const zone = workspace.time_zone;
  const now = useMinute();
  const [own, setOwn] = useState<string | null>(null);
  const ownMoment = own === null ? null : momentOf(wallOf(own), zone);
  const isPast = ownMoment !== null && ownMoment <= now;
  const today = wallTime(now, zone);

  return (
    <Stack gap="xs" pt={3}>
      {snoozeChoices(now, zone).map(({ name, until }, index) => (
        <Button
          key={name}
          variant="default"
          fullWidth
          justify="space-between"
          className={classes.choice}
          data-autofocus={index === 0 || undefined}
          rightSection={<span className={classes.when}>{formatMoment(until, now, zone)}</span>}
          onClick={() => onPick(until)}
        >
          {t(`snooze.${name}`)}
        </Button>
      ))}
      <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
        <DateTimePicker
          size={isPhone ? "md" : "sm"}
          label={t("snooze.own")}
          placeholder={t("snooze.choose")}
          valueFormat="D MMMM, HH:mm"
          value={own}
          onChange={setOwn}
          defaultTimeValue="09:00"
          minDate={`${today.year}-${today.month}-${today.day}`}
          maxDate={dayjs().add(1, "year").toDate()}
          error={isPast && t("snooze.past")}
          popoverProps={{ withinPortal: true }}
          submitButtonProps={{ "aria-label": t("snooze.submit") }}
          clearable
        />
      </DatesProvider>
      {ownMoment && !isPast && (
        <Button onClick={() => onPick(ownMoment)}>
          {label(formatMoment(ownMoment, now, zone))}
        </Button>
      )}
    </Stack>
  );
}

/** The picker's "2026-11-24 09:00:00". */
function wallOf(text: string) {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
}
