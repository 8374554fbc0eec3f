import { IconAlertTriangle, IconPinFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { useMe } from "@/lib/current-user";
import { formatRowTime, formatWaiting } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { useLastWords } from "../hooks/use-last-words";
import { priceText } from "../model/price";
import type { Conversation } from "../model/types";
import classes from "./conversation-row.module.css";

export const ConversationRow = memo(function ConversationRow({
  conversation,
}: {
  conversation: Conversation;
}) {
  const { t } = useTranslation();
  const now = useMinute();
  const lastWords = useLastWords(conversation);
  const { id, contact, listing, channel, unread_count: unread } = conversation;
  const isWaiting = conversation.mode === "manager" && conversation.waiting_since !== null;
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: id }}
      search={true}
      className={classes.row}
      activeProps={{ "data-selected": true }}
      data-unread={unread > 0 || isWaiting || undefined}
    >
      <ContactAvatar name={contact.name} imageUrl={contact.avatar_url} channel={channel.kind} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{contact.name}</span>
          {conversation.is_pinned && (
            <IconPinFilled size={12} className={classes.pin} aria-label={t("inbox.row.pinned")} />
          )}
          <time className={classes.time} dateTime={conversation.last_activity_at}>
            {formatRowTime(conversation.last_activity_at, now)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.listing}>{listing?.title ?? t("inbox.row.noListing")}</span>
          <span className={classes.price}>{listing && priceText(listing)}</span>
        </span>
        <span className={classes.line}>
          <span className={classes.last}>{lastWords}</span>
          <RowState conversation={conversation} now={now} />
        </span>
      </span>
    </Link>
  );
});

function RowState({ conversation, now }: { conversation: Conversation; now: Date }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const { mode, assignee, waiting_since: since, unread_count: unread } = conversation;
  if (conversation.has_failed) {
    return (
      <IconAlertTriangle size={16} className={classes.failed} aria-label={t("inbox.row.failed")} />
    );
  }
  if (mode === "manager" && since !== null) {
    const time = formatWaiting(since, now);
    return (
      <span className={classes.wait} title={t("inbox.row.waits", { time })}>
        {time}
      </span>
    );
  }
  if (unread > 0) {
    return (
      <span className={classes.badge} title={t("inbox.row.unread", { count: unread })}>
        {unread > 99 ? "99+" : unread}
      </span>
    );
  }
  if (mode === "bot") return <span className={classes.who}>{t("inbox.row.bot")}</span>;
  if (assignee === null) return null;
  const name = assignee.id === user.id ? t("inbox.row.you") : assignee.name;
  return <span className={classes.who}>{name}</span>;
}
