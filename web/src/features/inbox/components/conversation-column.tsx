import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import { formatNumber } from "@/lib/format";
import { countsQuery } from "../api/queries";
import { type ConversationStatus, type Mode, statuses } from "../model/types";
import classes from "./conversation-column.module.css";
import { ConversationList } from "./conversation-list";

interface Props {
  mode: Mode;
  status: ConversationStatus;
  onStatus: (status: ConversationStatus) => void;
  hasHeading?: boolean;
}

export function ConversationColumn({ mode, status, onStatus, hasHeading = true }: Props) {
  const { t } = useTranslation();
  const heading = t(`inbox.mode.${mode}`);
  return (
    <section className={classes.column} aria-label={heading}>
      {hasHeading && (
        <h2 className={classes.heading}>
          <Dot of={mode === "bot" ? "bot" : "person"} />
          {heading}
          {status === "open" && <ColumnCounts mode={mode} />}
        </h2>
      )}
      <fieldset className={classes.tools} aria-label={t("inbox.filter", { mode: heading })}>
        {statuses.map((value) => (
          <button
            key={value}
            type="button"
            className={classes.tool}
            aria-pressed={status === value}
            onClick={() => onStatus(value)}
          >
            {t(`inbox.status.${value}`)}
          </button>
        ))}
      </fieldset>
      <ConversationList
        key={status}
        filter={{ mode, status }}
        onShowOpen={() => onStatus("open")}
      />
    </section>
  );
}

/** The open talks, "128 чатов, 3 непрочитанных": unread for the bot, who waits for the people. */
function ColumnCounts({ mode }: { mode: Mode }) {
  const { t } = useTranslation();
  const { data: counts } = useQuery(countsQuery());
  if (!counts) return null;
  const { open, unread, waiting } = counts[mode];
  const parts = [t("inbox.counts.chats", { count: open, formatted: formatNumber(open) })];
  if (mode === "bot" && unread > 0) parts.push(t("inbox.counts.unread", { count: unread }));
  if (mode === "manager" && waiting > 0) parts.push(t("inbox.counts.waiting", { count: waiting }));
  const words = parts.join(", ");
  return (
    <small className={classes.counts} title={words}>
      {words}
    </small>
  );
}
