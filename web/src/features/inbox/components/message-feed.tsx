import { ActionIcon, Button } from "@mantine/core";
import { IconAlertCircle, IconArrowDown } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment, type RefObject, type UIEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { formatDay, isSameDay } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { messagesQuery } from "../api/queries";
import { useSendings } from "../api/use-send-message";
import { flattenMessages } from "../model/message-list";
import { unseenSendings } from "../model/sending";
import type { Conversation, Message } from "../model/types";
import classes from "./message-feed.module.css";
import { MessageItem } from "./message-item";
import { SendingBubble } from "./sending-bubble";
import { MessageSkeletons } from "./talk-skeleton";

const nearEdge = 240;

interface Props {
  conversation: Conversation;
  scroller: RefObject<HTMLDivElement | null>;
}

export function MessageFeed({ conversation, scroller }: Props) {
  const { t } = useTranslation();
  const [isAtEnd, setIsAtEnd] = useState(true);
  const feed = useInfiniteQuery({ ...messagesQuery(conversation.id), select: flattenMessages });
  const messages = feed.data ?? [];
  const sendings = unseenSendings(useSendings(conversation.id), messages);

  // The scroller runs from the bottom up: zero is the newest message.
  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    setIsAtEnd(-scrollTop < nearEdge);
    const isNearStart = scrollHeight - clientHeight + scrollTop < nearEdge;
    if (isNearStart && feed.hasNextPage && !feed.isFetching) void feed.fetchNextPage();
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
      <div className={classes.scroller} ref={scroller} onScroll={onScroll}>
        <div className={classes.messages} role="log" aria-label={t("talk.messages")}>
          {feed.hasNextPage && (
            <Button
              variant="subtle"
              size="compact-sm"
              style={{ alignSelf: "center" }}
              loading={feed.isFetchingNextPage}
              onClick={() => void feed.fetchNextPage()}
            >
              {t("talk.older")}
            </Button>
          )}
          {messages.length === 0 && <p className={classes.empty}>{t("talk.empty")}</p>}
          {messages.map((message, index) => (
            <Fragment key={message.id}>
              <DayHeading message={message} previous={messages[index - 1]} />
              <MessageItem message={message} contactName={conversation.contact.name} />
            </Fragment>
          ))}
          {sendings.map((sending) => (
            <SendingBubble key={sending.idempotencyKey} sending={sending} />
          ))}
        </div>
      </div>
      {!isAtEnd && (
        <ActionIcon
          className={classes.newer}
          variant="default"
          size={36}
          radius="xl"
          aria-label={t("talk.newer")}
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: "smooth" })}
        >
          <IconArrowDown size={18} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

function DayHeading({ message, previous }: { message: Message; previous: Message | undefined }) {
  const now = useMinute();
  if (previous && isSameDay(previous.sent_at, message.sent_at)) return null;
  return <div className={classes.day}>{formatDay(message.sent_at, now)}</div>;
}
