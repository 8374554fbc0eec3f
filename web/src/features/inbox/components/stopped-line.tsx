import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useTakeBackScheduled } from "../api/scheduled";
import type { Scheduled } from "../model/types";
import classes from "./scheduled.module.css";

/** A reply that did not leave at its time; its text is kept until somebody decides. */
export function StoppedLine({ scheduled }: { scheduled: Scheduled }) {
  const { t } = useTranslation();
  const { id, text, stop_reason: reason } = scheduled;
  const { remove, takeBack } = useTakeBackScheduled(scheduled);

  return (
    <section className={classes.line} data-stopped aria-label={t("later.stoppedLine")}>
      <IconAlertTriangle className={classes.icon} size={16} stroke={1.7} aria-hidden />
      <span className={classes.words} title={text}>
        <span className={classes.when}>{t(`later.stopped.${reason ?? "customer_wrote"}`)}</span>{" "}
        {text}
      </span>
      <span className={classes.acts}>
        <Button variant="subtle" size="compact-sm" disabled={remove.isPending} onClick={takeBack}>
          {t("later.putBack")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={remove.isPending}
          onClick={() => remove.mutate(id)}
        >
          {t("later.drop")}
        </Button>
      </span>
    </section>
  );
}
