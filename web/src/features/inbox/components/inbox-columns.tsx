import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { useIsNarrow } from "@/lib/viewport";
import { countsQuery } from "../api/queries";
import { attentionOf } from "../model/counts";
import { type ConversationStatus, type Mode, modes } from "../model/types";
import { ConversationColumn } from "./conversation-column";
import classes from "./inbox-columns.module.css";

interface Props {
  status: Record<Mode, ConversationStatus>;
  onStatus: (mode: Mode, status: ConversationStatus) => void;
  /** The column that is shown where there is room for one. */
  mode: Mode;
  onMode: (mode: Mode) => void;
}

export function InboxColumns({ status, onStatus, mode, onMode }: Props) {
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
        hasHeading={false}
      />
    </section>
  );
}
