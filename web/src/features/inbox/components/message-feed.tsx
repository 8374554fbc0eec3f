import { Button } from "@mantine/core";
import { IconAlertCircle, IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type RefObject, type UIEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { messagesQuery, unreadQuery } from "../api/queries";
import { useSendings } from "../api/use-send-message";
import { useFeedScroll } from "../hooks/use-feed-scroll";
import { firstUnread } from "../model/feed";
import { isTakenBack } from "../model/held";
import { flattenMessages } from "../model/message-list";
import { photosOf } from "../model/photos";
import { unseenSendings } from "../model/sending";
import type { Conversation } from "../model/types";
import { FeedContext } from "./feed-context";
import { MessageDays } from "./message-days";
import classes from "./message-feed.module.css";
import { PhotoLightbox } from "./photo-lightbox";
import { SendingBubble } from "./sending-bubble";
import { MessageSkeletons } from "./talk-skeleton";

const nearEdge = 240;

interface Props {
  conversation: Conversation;
  scroller: RefObject<HTMLDivElement | null>;
  /** The message that is shown first, in place of the newest. */
  around: string | null;
  onLatest: () => void;
}

export function MessageFeed({ conversation, scroller, around, onLatest }: Props) {
  const { t } = useTranslation();
  const [photo, setPhoto] = useState<string | null>(null);
  const feed = useInfiniteQuery({
    ...messagesQuery(conversation.id, around),
    select: flattenMessages,
  });
  const { data: lastUnread = null } = useQuery(unreadQuery(conversation.id));
  const unread = around === null ? lastUnread : null;
  const messages = (feed.data ?? []).filter((message) => !isTakenBack(message));
  const sendings = unseenSendings(useSendings(conversation.id), messages);
  const unreadId = firstUnread(messages, unread);
  const { isAtEnd, newCount, onScroll, reach, toEnd } = useFeedScroll(
    scroller,
    feed,
    messages,
    unreadId,
    around,
  );
  const isUnreadAbove = unread !== null && unread.count > 0 && unreadId === null;
  const acts = {
    openPhoto: setPhoto,
    jumpTo: (externalId: string) =>
      void reach((list) => list.find((one) => one.external_id === externalId)?.id ?? null),
  };

  function onFeedScroll(event: UIEvent<HTMLDivElement>): void {
    onScroll(event);
    const isNearEnd = -event.currentTarget.scrollTop < nearEdge;
    if (isNearEnd && feed.hasPreviousPage && !feed.isFetching) void feed.fetchPreviousPage();
  }

  if (feed.isPending) return <MessageSkeletons />;
  if (feed.isError && messages.length === 0) {
    return (
      <StateMessage
        icon={<IconAlertCircle size={28} stroke={1.5} aria-hidden />}
        title={t("inbox.talkFailed")}
        text={errorText(feed.error)}
      >
        <Button variant="default" onClick={() => void feed.refetch()} loading={feed.isFetching}>
          {t("common.retry")}
        </Button>
      </StateMessage>
    );
  }
  return (
    <div className={classes.frame}>
      <div className={classes.scroller} ref={scroller} onScroll={onFeedScroll}>
        <div className={classes.messages} role="log" aria-label={t("talk.messages")}>
          {feed.hasNextPage && (
            <Button
              variant="subtle"
              size="compact-sm"
              className={classes.older}
              loading={feed.isFetchingNextPage}
              onClick={() => void feed.fetchNextPage()}
            >
              {t("talk.older")}
            </Button>
          )}
          {messages.length === 0 && <p className={classes.empty}>{t("talk.empty")}</p>}
          <FeedContext value={acts}>
            <MessageDays messages={messages} firstUnreadId={unreadId} />
          </FeedContext>
          {sendings.map((sending) => (
            <SendingBubble key={sending.idempotencyKey} sending={sending} />
          ))}
        </div>
      </div>
      {isUnreadAbove && (
        <Button
          className={classes.unreadAbove}
          variant="default"
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowUp size={15} aria-hidden />}
          onClick={() => void reach((list) => firstUnread(list, unread))}
        >
          {t("talk.toUnread", { count: unread.count })}
        </Button>
      )}
      {around !== null && (
        <Button
          className={classes.newer}
          variant="default"
          radius="xl"
          rightSection={<IconArrowDown size={16} aria-hidden />}
          onClick={onLatest}
        >
          {t("talk.toLatest")}
        </Button>
      )}
      {around === null && !isAtEnd && (
        <Button
          className={classes.newer}
          variant={newCount > 0 ? "filled" : "default"}
          radius="xl"
          px={newCount > 0 ? 14 : 9}
          aria-label={newCount > 0 ? undefined : t("talk.newer")}
          onClick={toEnd}
        >
          {newCount > 0 && <span>{t("talk.newCount", { count: newCount })}</span>}
          <IconArrowDown size={18} aria-hidden />
        </Button>
      )}
      <PhotoLightbox
        photos={photo === null ? [] : photosOf(messages)}
        openId={photo}
        from={conversation.contact.name}
        onOpen={setPhoto}
      />
    </div>
  );
}
