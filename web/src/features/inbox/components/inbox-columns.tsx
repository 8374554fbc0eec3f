import { SegmentedControl, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Pane, Panes } from "@/components/layout/panes";
import { formatNumber } from "@/lib/format";
import { useAreDetailsShown } from "@/lib/pane-widths";
import { useHasDetails, useIsNarrow, useIsPhone } from "@/lib/viewport";
import { countsQuery } from "../api/queries";
import type { ColumnView } from "../model/column-view";
import { attentionOf } from "../model/counts";
import { type ConversationStatus, type Mode, modes } from "../model/types";
import { detailsMin, talkMin } from "../model/widths";
import type { AccountChoice } from "./column-menu";
import { ConversationColumn } from "./conversation-column";
import classes from "./inbox-columns.module.css";
import { SearchPane } from "./search-pane";

interface Props {
  status: Record<Mode, ConversationStatus>;
  onStatus: (mode: Mode, status: ConversationStatus) => void;
  view: Record<Mode, ColumnView>;
  onView: (mode: Mode, view: ColumnView) => void;
  accounts: readonly AccountChoice[];
  /** The column that is shown where there is room for one. */
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** What stands beside the columns; on a phone, in their place. */
  talk: ReactNode;
  hasTalk: boolean;
  /** What is searched for: the results stand in place of the lists. */
  question: string | null;
  onQuestion: (question: string | null) => void;
}

/** The lists of talks and the open talk, as many side by side as there is room for. */
export function InboxColumns(props: Props) {
  const { talk, hasTalk, mode, question, onQuestion } = props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const isNarrow = useIsNarrow();
  const hasRoom = useHasDetails();
  const [areDetailsShown] = useAreDetailsShown();
  const hasDetails = hasRoom && areDetailsShown && hasTalk;

  const talkPane: Pane = {
    name: "talk",
    label: t("inbox.panes.talk"),
    min: isPhone ? 0 : talkMin + (hasDetails ? detailsMin : 0),
    content: talk,
  };
  const isSearching = question !== null;
  const found = isSearching && <SearchPane question={question} onQuestion={onQuestion} />;
  const phonePane = hasTalk
    ? talkPane
    : {
        name: "list",
        label: t("inbox.columns"),
        min: 0,
        content: found || <OneColumn {...props} />,
      };
  if (isPhone) return <Panes panes={[phonePane]} />;
  if (found) {
    const pane = { name: "search", label: t("search.results"), width: 480, min: 280, max: 800 };
    return <Panes panes={[{ ...pane, content: found }, talkPane]} />;
  }

  const lists: Pane[] = isNarrow
    ? [
        {
          name: "list",
          label: t("inbox.columns"),
          width: 320,
          min: 240,
          max: 480,
          content: <OneColumn key={mode} {...props} />,
        },
      ]
    : modes.map((of) => ({
        name: of,
        label: t(`inbox.mode.${of}`),
        width: 284,
        min: 220,
        max: 560,
        content: <Column of={of} {...props} />,
      }));
  return <Panes panes={[...lists, talkPane]} />;
}

interface ColumnProps extends Props {
  of: Mode;
  hasHeading?: boolean;
}

function Column({ of, status, onStatus, view, onView, accounts, hasHeading = true }: ColumnProps) {
  return (
    <ConversationColumn
      mode={of}
      status={status[of]}
      onStatus={(next) => onStatus(of, next)}
      view={view[of]}
      onView={(next) => onView(of, next)}
      accounts={accounts}
      hasHeading={hasHeading}
    />
  );
}

function OneColumn(props: Props) {
  const { mode, onMode } = props;
  const { t } = useTranslation();
  const { data: counts } = useQuery(countsQuery());

  function label(of: Mode): ReactNode {
    const name = t(`inbox.mode.${of}`);
    const number = counts ? attentionOf(counts, of) : 0;
    if (number === 0) return name;
    const count = formatNumber(number);
    return (
      <>
        <span aria-hidden>
          {name}{" "}
          <span className={classes.count} data-of={of}>
            {count}
          </span>
        </span>
        <VisuallyHidden>{t("inbox.modeWithCount", { mode: name, count })}</VisuallyHidden>
      </>
    );
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
      <Column key={mode} of={mode} {...props} hasHeading={false} />
    </section>
  );
}
