import { type Icon, IconArchive, IconClock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import { useMe } from "@/lib/current-user";
import { formatNumber } from "@/lib/format";
import { countsQuery } from "../api/queries";
import { type ColumnView, cleared, filterOf, filtersOn } from "../model/column-view";
import { type ConversationStatus, type Mode, statuses } from "../model/types";
import { BulkBar } from "./bulk-bar";
import { type AccountChoice, ColumnMenu } from "./column-menu";
import classes from "./conversation-column.module.css";
import { ConversationList } from "./conversation-list";
import { useSelection } from "./selection-context";

const statusIcons: Record<ConversationStatus, Icon | null> = {
  open: null,
  snoozed: IconClock,
  closed: IconArchive,
};

interface Props {
  mode: Mode;
  status: ConversationStatus;
  onStatus: (status: ConversationStatus) => void;
  view: ColumnView;
  onView: (view: ColumnView) => void;
  accounts: readonly AccountChoice[];
  hasHeading?: boolean;
}

export function ConversationColumn(props: Props) {
  const { mode, status, onStatus, view, onView, accounts, hasHeading = true } = props;
  const { t } = useTranslation();
  const { user } = useMe();
  const { selection } = useSelection();
  const isChoosing = selection?.mode === mode;
  const heading = t(`inbox.mode.${mode}`);
  const filter = { mode, status, ...filterOf(view, user.id) };
  return (
    <section className={classes.column} aria-label={heading} data-column={mode}>
      {isChoosing && <BulkBar isAtBottom={!hasHeading} />}
      {hasHeading && !isChoosing && (
        <h2 className={classes.heading}>
          <Dot of={mode === "bot" ? "bot" : "person"} />
          {heading}
          {status === "open" && <ColumnCounts mode={mode} />}
        </h2>
      )}
      <div className={classes.tools} hidden={isChoosing && hasHeading}>
        <fieldset className={classes.statuses} aria-label={t("inbox.filter", { mode: heading })}>
          {statuses.map((value) => {
            const words = t(`inbox.status.${value}`);
            const Picture = statusIcons[value];
            return (
              <button
                key={value}
                type="button"
                className={classes.tool}
                aria-pressed={status === value}
                aria-label={words}
                title={words}
                onClick={() => onStatus(value)}
              >
                {Picture && <Picture size={15} aria-hidden className={classes.icon} />}
                <span className={classes.word} data-status={value}>
                  {words}
                </span>
              </button>
            );
          })}
        </fieldset>
        <ColumnMenu mode={mode} view={view} onView={onView} accounts={accounts} />
      </div>
      <ConversationList
        key={JSON.stringify(filter)}
        filter={filter}
        onShowOpen={() => onStatus("open")}
        onClear={filtersOn(view) > 0 ? () => onView(cleared(view)) : null}
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
