import { Button, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { tellFailure } from "@/lib/tell-failure";
import { type Session, sessionsQuery, useEndOtherSessions } from "../api/queries";
import { deviceOf } from "../model/device";
import classes from "./profile.module.css";

export function SessionList() {
  const { t } = useTranslation();
  const sessions = useQuery(sessionsQuery());
  const end = useEndOtherSessions();
  if (sessions.isError) {
    return (
      <div className={classes.form}>
        <span role="alert">{errorText(sessions.error)}</span>
        <Button variant="default" onClick={() => void sessions.refetch()}>
          {t("common.retry")}
        </Button>
      </div>
    );
  }
  if (!sessions.data) return <Skeleton height={44} />;
  return (
    <div className={classes.form}>
      <ul className={classes.rows} aria-label={t("profile.sessions")}>
        {sessions.data.map((session) => (
          <Row key={`${session.created_at} ${session.user_agent}`} session={session} />
        ))}
      </ul>
      {sessions.data.length > 1 && (
        <Button
          variant="default"
          loading={end.isPending}
          onClick={() =>
            end.mutate(undefined, {
              onSuccess: () => notifications.show({ message: t("profile.othersEnded") }),
              onError: tellFailure,
            })
          }
        >
          {t("profile.endOthers")}
        </Button>
      )}
    </div>
  );
}

function Row({ session }: { session: Session }) {
  const { t } = useTranslation();
  const now = useMinute();
  return (
    <li className={classes.row}>
      <span>{deviceOf(session.user_agent) || t("profile.unknownDevice")}</span>
      <span className={classes.fact}>
        {session.is_current
          ? t("profile.thisDevice")
          : t("profile.lastSeen", { time: formatRowTime(session.last_seen_at, now) })}
      </span>
    </li>
  );
}
