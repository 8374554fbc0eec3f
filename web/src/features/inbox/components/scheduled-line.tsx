import { Button } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { useMinute } from "@/lib/minute-clock";
import { useSendScheduledNow, useTakeBackScheduled } from "../api/scheduled";
import { formatMoment } from "../model/moments";
import type { Scheduled } from "../model/types";
import classes from "./scheduled.module.css";

/** A reply that waits for its time. */
export function ScheduledLine({
  scheduled,
  onChange,
}: {
  scheduled: Scheduled;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const { user, workspace } = useMe();
  const now = useMinute();
  const { id, conversation_id: conversationId, text } = scheduled;
  const send = useSendScheduledNow(conversationId);
  const { remove, takeBack } = useTakeBackScheduled(scheduled);
  const isBusy = send.isPending || remove.isPending;
  const moment = formatMoment(new Date(scheduled.send_at), now, workspace.time_zone);
  const isOwn = scheduled.author_user_id === user.id;

  return (
    <section className={classes.line} aria-label={t("later.line", { moment })}>
      <IconClock className={classes.icon} size={16} stroke={1.7} aria-hidden />
      <span className={classes.words} title={text}>
        <span className={classes.when}>
          {isOwn
            ? t("later.leaves", { moment })
            : t("later.leavesFrom", { moment, name: scheduled.author_name })}
        </span>{" "}
        {text}
      </span>
      <span className={classes.acts}>
        <Button variant="subtle" size="compact-sm" disabled={isBusy} onClick={onChange}>
          {t("later.change")}
        </Button>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={isBusy}
          onClick={() => send.mutate(id)}
        >
          {t("later.now")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          disabled={isBusy}
          title={t("later.cancelHint")}
          onClick={takeBack}
        >
          {t("later.cancel")}
        </Button>
      </span>
    </section>
  );
}
