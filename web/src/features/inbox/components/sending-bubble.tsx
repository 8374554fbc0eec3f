import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format";
import type { Sending } from "../model/sending";
import classes from "./bubble.module.css";
import { BubbleText } from "./bubble-text";

/** The text on its way to the server, shown where the message will stand. */
export function SendingBubble({ sending }: { sending: Sending }) {
  const { t } = useTranslation();
  return (
    <div className={classes.place} data-out>
      <div className={classes.bubble} data-from="person" data-status="queued">
        <BubbleText text={sending.text} />
        <div className={classes.meta}>
          {formatClock(sending.startedAt)} · {t("message.status.queued")}
        </div>
      </div>
    </div>
  );
}
