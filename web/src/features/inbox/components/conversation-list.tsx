import { Button } from "@mantine/core";
import {
  IconAlertCircle,
  IconArchive,
  IconClock,
  IconFilterOff,
  IconMessage2,
  IconRobot,
} from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useEffectEvent, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { conversationListQuery, countsQuery } from "../api/queries";
import { useColleaguesByTalk } from "../hooks/use-presence";
import { useRowSetting } from "../hooks/use-row-setting";
import { flattener } from "../model/conversation-list";
import type { Conversation, ConversationFilter } from "../model/types";
import classes from "./conversation-list.module.css";
import { RowPlace } from "./row-place";
import { RowSkeletons } from "./row-skeletons";
import { useSelection } from "./selection-context";

const rowHeight = 72;
const rowsAhead = 8;
const noRows: Conversation[] = [];

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
  const select = useMemo(() => flattener({ sort }), [sort]);
  const list = useInfiniteQuery({ ...conversationListQuery(filter), select });
  const rows = list.data ?? noRows;
  const setting = useRowSetting();
  const colleaguesOf = useColleaguesByTalk();
  const { selection } = useSelection();
  const isChoosing = selection?.mode === filter.mode;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => rows[index]?.id ?? index, [rows]),
    overscan: rowsAhead,
    useFlushSync: false,
  });

  const { conversationId: openId } = useParams({ strict: false });
  const follow = useEffectEvent(() => {
    const at = rows.findIndex(({ id }) => id === openId);
    if (at !== -1) virtual.scrollToIndex(at, { align: "auto" });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys open another talk: it is to be seen
  useEffect(follow, [openId]);

  // By the rows that are drawn: to read the scroller's size would lay the page out at every frame.
  const lastDrawn = virtual.getVirtualItems().at(-1)?.index ?? -1;
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  const mayLoad = hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (mayLoad && lastDrawn >= rows.length - rowsAhead) void fetchNextPage();
  }, [mayLoad, lastDrawn, rows.length, fetchNextPage]);

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
    <div className={classes.scroller} ref={scroller}>
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
                <RowPlace
                  conversation={conversation}
                  mode={filter.mode}
                  setting={setting}
                  colleagues={colleaguesOf(conversation.id)}
                  isChoosing={isChoosing}
                  isChosen={isChoosing && selection.ids.has(conversation.id)}
                />
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
  const { data: counts } = useQuery(countsQuery());
  const isEmptyAnyway = filter.status === "open" && counts?.[filter.mode].open === 0;
  if (onClear && !isEmptyAnyway) {
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
  if (filter.status !== "open") {
    const isClosed = filter.status === "closed";
    const Picture = isClosed ? IconArchive : IconClock;
    return (
      <StateMessage
        icon={<Picture size={28} stroke={1.5} aria-hidden />}
        title={t(isClosed ? "inbox.empty.closedTitle" : "inbox.empty.snoozedTitle")}
        text={t(isClosed ? "inbox.empty.closedText" : "inbox.empty.snoozedText")}
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
