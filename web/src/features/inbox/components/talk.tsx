import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertCircle, IconMessageOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { isMissing } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { useHasDetails } from "@/lib/viewport";
import { conversationQuery } from "../api/queries";
import { Composer } from "./composer";
import { DetailsDrawer, DetailsPanel } from "./details-panel";
import { MessageFeed } from "./message-feed";
import classes from "./talk.module.css";
import { TalkHead } from "./talk-head";
import { TalkSkeleton } from "./talk-skeleton";

export function Talk({ id }: { id: string }) {
  const { t } = useTranslation();
  const feed = useRef<HTMLDivElement>(null);
  const hasRoom = useHasDetails();
  const [isDetailsOpen, details] = useDisclosure(false);
  const { data: conversation, error, refetch, isFetching } = useQuery(conversationQuery(id));

  if (!conversation) {
    if (error === null) return <TalkSkeleton />;
    return isMissing(error) ? (
      <StateMessage
        icon={<IconMessageOff size={32} stroke={1.5} aria-hidden />}
        title={t("inbox.talkMissing.title")}
        text={t("inbox.talkMissing.text")}
      >
        <Button component={Link} to="/inbox" variant="default">
          {t("error.toChats")}
        </Button>
      </StateMessage>
    ) : (
      <StateMessage
        icon={<IconAlertCircle size={32} stroke={1.5} aria-hidden />}
        title={t("inbox.talkFailed")}
        text={errorText(error)}
      >
        <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
          {t("common.retry")}
        </Button>
      </StateMessage>
    );
  }
  return (
    <>
      <section className={classes.talk} aria-label={conversation.contact.name}>
        <TalkHead conversation={conversation} onDetails={hasRoom ? null : details.open} />
        <MessageFeed conversation={conversation} scroller={feed} />
        <Composer conversation={conversation} onSent={() => feed.current?.scrollTo({ top: 0 })} />
      </section>
      {hasRoom ? (
        <DetailsPanel conversation={conversation} />
      ) : (
        <DetailsDrawer conversation={conversation} isOpen={isDetailsOpen} onClose={details.close} />
      )}
    </>
  );
}
