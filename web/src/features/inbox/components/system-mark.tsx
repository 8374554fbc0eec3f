import { useTranslation } from "react-i18next";
import { formatClock } from "@/lib/format";
import type { Message } from "../model/types";
import classes from "./marks.module.css";

/** Avito's own words: neither side of the talk. */
export function SystemMark({ message }: { message: Message }) {
  const { t } = useTranslation();
  return (
    <div className={classes.system}>
      <span className={classes.systemTitle}>
        {t("message.system")}, {formatClock(message.sent_at)}
      </span>
      {message.text}
    </div>
  );
}
