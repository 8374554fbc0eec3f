import { Button } from "@mantine/core";
import {
  IconAlertCircle,
  IconArchive,
  IconFilterOff,
  IconMessage2,
  IconRobot,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type UIEvent, useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { conversationListQuery } from "../api/queries";
import { flattenList, type ConversationList as Loaded } from "../model/conversation-list";
import type { ConversationFilter } from "../model/types";
import classes from "./conversation-list.module.css";
import { ConversationRow } from "./conversation-row";
import { RowSkeletons } from "./row-skeletons";

const rowHeight = 72;
const rowsAhead = 8;

interface Props {
  filter: ConversationFilter;
  onShowOpen: () => void;
  /** Takes the column's filters off; null when none is on. */
  onClear: (() => void) | null;
}

export function ConversationList({ filter, onShowOpen, onClear }: Props) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const { sort } = filter;
  const select = useCallback((loaded: Loaded) => flattenList(loaded, { sort }), [sort]);
  const list = useInfiniteQuery({ ...conversationListQuery(filter), select });
  const rows = list.data ?? [];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: rowsAhead,
  });

  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    const isNearEnd = scrollHeight - scrollTop - clientHeight < rowHeight * rowsAhead;
    if (isNearEnd && list.hasNextPage && !list.isFetching) void list.fetchNextPage();
  }

  if (list.isPending) return <RowSkeletons />;
  if (list.isError && rows.length === 0) {
    return (
      <StateMessage
        icon={<IconAlertCircle size={28} stroke={1.5} aria-hidden />}
        title={t("inbox.listFailed")}
        text={errorText(list.error)}
      >
        <Button variant="default" onClick={() => void list.refetch()} loading={list.isFetching}>
          {t("common.retry")}
        </Button>
      </StateMessage>
    );
  }
  if (rows.length === 0 && !list.hasNextPage) {
    return <NoConversations filter={filter} onShowOpen={onShowOpen} onClear={onClear} />;
  }

  return (
    <div className={classes.scroller} ref={scroller} onScroll={onScroll}>
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const conversation = rows[index];
          return (
            conversation && (
              <li
                key={key}
                className={classes.place}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ConversationRow conversation={conversation} />
              </li>
            )
          );
        })}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="subtle"
          fullWidth
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("inbox.more")}
        </Button>
      )}
    </div>
  );
}

function NoConversations({ filter, onShowOpen, onClear }: Props) {
  const { t } = useTranslation();
  if (onClear) {
    return (
      <StateMessage
        icon={<IconFilterOff size={28} stroke={1.5} aria-hidden />}
        title={t("inbox.empty.filteredTitle")}
        text={t("inbox.empty.filteredText")}
      >
        <Button variant="default" onClick={onClear}>
          {t("inbox.view.clear")}
        </Button>
      </StateMessage>
    );
  }
  if (filter.status === "closed") {
    return (
      <StateMessage
        icon={<IconArchive size={28} stroke={1.5} aria-hidden />}
        title={t("inbox.empty.closedTitle")}
        text={t("inbox.empty.closedText")}
      >
        <Button variant="default" onClick={onShowOpen}>
          {t("inbox.empty.showOpen")}
        </Button>
      </StateMessage>
    );
  }
  const isBot = filter.mode === "bot";
  return (
    <StateMessage
      icon={
        isBot ? (
          <IconRobot size={28} stroke={1.5} aria-hidden />
        ) : (
          <IconMessage2 size={28} stroke={1.5} aria-hidden />
        )
      }
      title={t(isBot ? "inbox.empty.botTitle" : "inbox.empty.managerTitle")}
      text={t(isBot ? "inbox.empty.botText" : "inbox.empty.managerText")}
    />
  );
}
