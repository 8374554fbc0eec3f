import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format";
import type { Sending } from "../model/sending";
import classes from "./bubble.module.css";
import { BubbleText } from "./bubble-text";
import photo from "./photo-content.module.css";

/** The text on its way to the server, shown where the message will stand. */
export function SendingBubble({ sending }: { sending: Sending }) {
  const { t } = useTranslation();
  return (
    <div className={classes.place} data-out>
      <div className={classes.bubble} data-from="person" data-status="queued">
        {sending.text !== "" && <BubbleText text={sending.text} />}
        {sending.pictures.map(({ attachmentId, url }) => (
          <img
            key={attachmentId}
            className={photo.photo}
            src={url}
            alt={t("message.ownPhoto")}
            width={240}
          />
        ))}
        <div className={classes.meta}>
          {formatClock(sending.startedAt)} · {t("message.status.queued")}
        </div>
      </div>
    </div>
  );
}
