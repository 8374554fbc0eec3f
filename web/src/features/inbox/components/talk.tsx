import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertCircle, IconMessageOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Pane, Panes } from "@/components/layout/panes";
import { StateMessage } from "@/components/ui/state-message";
import { isMissing } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { useAreDetailsShown } from "@/lib/pane-widths";
import { useHasDetails, useIsPhone } from "@/lib/viewport";
import { conversationQuery } from "../api/queries";
import { detailsMin, talkMin } from "../model/widths";
import { Composer } from "./composer";
import { DetailsDrawer, DetailsPanel } from "./details-panel";
import { MessageFeed } from "./message-feed";
import { PictureDrop } from "./picture-drop";
import classes from "./talk.module.css";
import { TalkHead } from "./talk-head";
import { TalkSkeleton } from "./talk-skeleton";

interface Props {
  id: string;
  /** The message to open at; null for the newest. */
  around: string | null;
  onLatest: () => void;
}

export function Talk({ id, around, onLatest }: Props) {
  const { t } = useTranslation();
  const feed = useRef<HTMLDivElement>(null);
  const hasRoom = useHasDetails();
  const isPhone = useIsPhone();
  const [isShown, show] = useAreDetailsShown();
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const isDetailsOpen = hasRoom ? isShown : isDrawerOpen;
  const { data: conversation, error, refetch, isFetching } = useQuery(conversationQuery(id));

  function toggle(): void {
    if (hasRoom) show(!isShown);
    else drawer.toggle();
  }

  function showLatest(): void {
    if (around !== null) onLatest();
    feed.current?.scrollTo({ top: 0 });
  }

  // Also one that was here a moment ago: what is kept of it must not look like a talk.
  if (isMissing(error)) {
    return (
      <StateMessage
        icon={<IconMessageOff size={32} stroke={1.5} aria-hidden />}
        title={t("inbox.talkMissing.title")}
        text={t("inbox.talkMissing.text")}
      >
        <Button component={Link} to="/inbox" variant="default">
          {t("error.toChats")}
        </Button>
      </StateMessage>
    );
  }
  if (!conversation) {
    if (error === null) return <TalkSkeleton />;
    return (
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
  const talk: Pane = {
    name: "messages",
    label: t("talk.messages"),
    min: isPhone ? 0 : talkMin,
    content: (
      <PictureDrop
        conversation={conversation}
        className={classes.talk}
        label={conversation.contact.name}
      >
        <TalkHead conversation={conversation} details={{ isOpen: isDetailsOpen, toggle }} />
        <MessageFeed
          conversation={conversation}
          scroller={feed}
          around={around}
          onLatest={showLatest}
        />
        <Composer conversation={conversation} onSent={showLatest} />
      </PictureDrop>
    ),
  };
  const beside: Pane = {
    name: "details",
    label: t("details.title"),
    width: 264,
    min: detailsMin,
    max: 480,
    content: <DetailsPanel conversation={conversation} />,
  };
  return (
    <>
      <Panes panes={hasRoom && isShown ? [talk, beside] : [talk]} />
      {!hasRoom && (
        <DetailsDrawer conversation={conversation} isOpen={isDrawerOpen} onClose={drawer.close} />
      )}
    </>
  );
}
