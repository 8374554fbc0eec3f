import { useTranslation } from "react-i18next";
import { formatWaiting } from "@/lib/format";
import type { RowSetting } from "../hooks/use-row-setting";
import type { Conversation } from "../model/types";
import classes from "./conversation-row.module.css";

// The bot answers in seconds; whoever waits for it longer is worth a look.
const botMayThinkMs = 120_000;

/** Who answers, how long the customer has waited, how much is unread. */
export function RowState({
  conversation,
  setting: { me, now },
}: {
  conversation: Conversation;
  setting: RowSetting;
}) {
  const { t } = useTranslation();
  const { mode, assignee, waiting_since: since, unread_count: unread } = conversation;
  const isBot = mode === "bot";
  const isLate = since !== null && (!isBot || now.getTime() - Date.parse(since) > botMayThinkMs);
  const name = assignee && (assignee.id === me.user.id ? t("inbox.row.you") : assignee.name);
  const who = isBot ? t("inbox.row.bot") : name;
  const time = isLate ? formatWaiting(since, now) : null;
  const isAwaited = time !== null && !isBot && name === null;
  const waits = time && t(isAwaited ? "inbox.row.awaited" : "inbox.row.waits", { time });
  const news = t("inbox.row.unread", { count: unread });
  return (
    <>
      {who && !(isBot && (unread > 0 || isLate)) && (
        <span className={classes.who} data-beside={isLate || unread > 0 || undefined}>
          {who}
        </span>
      )}
      {waits && (
        <span className={classes.wait} role="img" title={waits} aria-label={waits}>
          {time}
        </span>
      )}
      {unread > 0 && (
        <span className={classes.badge} role="img" title={news} aria-label={news}>
          {unread > 99 ? "99+" : unread}
        </span>
      )}
    </>
  );
}
