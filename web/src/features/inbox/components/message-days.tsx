import { useTranslation } from "react-i18next";
import { formatDay } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { daysOf } from "../model/feed";
import type { Message } from "../model/types";
import classes from "./message-feed.module.css";
import { MessageItem } from "./message-item";

// The newest ones are always drawn; farther ones only when they come into sight.
const drawnAlways = 40;

interface Props {
  messages: readonly Message[];
  firstUnreadId: string | null;
}

/** The messages under their days; a line before the first that was not read. */
export function MessageDays({ messages, firstUnreadId }: Props) {
  const { t } = useTranslation();
  const now = useMinute();
  const near = new Set(messages.slice(-drawnAlways).map(({ id }) => id));
  return daysOf(messages).map((day) => (
    <div key={day.key} className={classes.group}>
      <div className={classes.day}>{formatDay(day.sentAt, now)}</div>
      {day.messages.map((message) => (
        <div
          key={message.id}
          className={classes.item}
          data-message={message.id}
          data-far={!near.has(message.id) || undefined}
          tabIndex={-1}
        >
          {message.id === firstUnreadId && (
            <div className={classes.unread} data-unread>
              {t("talk.unread")}
            </div>
          )}
          <MessageItem message={message} />
        </div>
      ))}
    </div>
  ));
}
