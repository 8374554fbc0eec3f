import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { useIsNarrow } from "@/lib/viewport";
import { countsQuery } from "../api/queries";
import type { ColumnView } from "../model/column-view";
import { attentionOf } from "../model/counts";
import { type ConversationStatus, type Mode, modes } from "../model/types";
import type { AccountChoice } from "./column-menu";
import { ConversationColumn } from "./conversation-column";
import classes from "./inbox-columns.module.css";

interface Props {
  status: Record<Mode, ConversationStatus>;
  onStatus: (mode: Mode, status: ConversationStatus) => void;
  view: Record<Mode, ColumnView>;
  onView: (mode: Mode, view: ColumnView) => void;
  accounts: readonly AccountChoice[];
  /** The column that is shown where there is room for one. */
  mode: Mode;
  onMode: (mode: Mode) => void;
}

export function InboxColumns(props: Props) {
  const { status, onStatus, view, onView, accounts, mode, onMode } = props;
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  const { data: counts } = useQuery(countsQuery());

  function label(of: Mode): string {
    const name = t(`inbox.mode.${of}`);
    const count = counts ? attentionOf(counts, of) : 0;
    return count > 0 ? t("inbox.modeWithCount", { mode: name, count: formatNumber(count) }) : name;
  }

  if (!isNarrow) {
    return modes.map((of) => (
      <ConversationColumn
        key={of}
        mode={of}
        status={status[of]}
        onStatus={(next) => onStatus(of, next)}
        view={view[of]}
        onView={(next) => onView(of, next)}
        accounts={accounts}
      />
    ));
  }
  return (
    <section className={classes.single} aria-label={t("inbox.columns")}>
      <SegmentedControl
        classNames={{ root: classes.switch, label: classes.label }}
        fullWidth
        aria-label={t("inbox.columns")}
        value={mode}
        onChange={onMode}
        data={modes.map((of) => ({ value: of, label: label(of) }))}
      />
      <ConversationColumn
        key={mode}
        mode={mode}
        status={status[mode]}
        onStatus={(next) => onStatus(mode, next)}
        view={view[mode]}
        onView={(next) => onView(mode, next)}
        accounts={accounts}
        hasHeading={false}
      />
    </section>
  );
}
