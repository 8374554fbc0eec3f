import { ActionIcon, Button, type ButtonProps, UnstyledButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { useCanWrite, useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { useIsPhone } from "@/lib/viewport";
import { useConversationAct } from "../api/use-conversation-act";
import { useChannelName } from "../hooks/use-channel-name";
import { priceText } from "../model/price";
import { type Act, actLabels, type MainAct, talkActs } from "../model/talk-acts";
import type { Conversation } from "../model/types";
import classes from "./talk-head.module.css";
import { TalkMenu } from "./talk-menu";
import { notifyWithUndo } from "./undo-notice";

const looks: Record<MainAct, ButtonProps> = {
  "take-over": {},
  "return-to-bot": { variant: "outline", color: "bot" },
  close: { variant: "default" },
  reopen: { variant: "default" },
};

interface Props {
  conversation: Conversation;
  /** Opens the details where they do not stand beside the talk. */
  onDetails: (() => void) | null;
}

export function TalkHead({ conversation, onDetails }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { user } = useMe();
  const isPhone = useIsPhone();
  const act = useConversationAct(conversation.id);
  const { buttons, rest } = talkActs(conversation, user.id, isPhone ? 1 : 2);

  const closedNotice = `closed-${conversation.id}`;

  function perform(name: Act): void {
    notifications.hide(closedNotice);
    act.mutate(name, {
      onSuccess: () => {
        if (name !== "close") return;
        notifyWithUndo({
          id: closedNotice,
          text: t("talk.act.closed"),
          undoLabel: t(actLabels.reopen),
          undo: () => act.mutate("reopen"),
        });
      },
      onError: (error) => {
        notifications.show({
          color: "bad",
          message: `${t("talk.act.failed")} ${errorText(error)}`,
        });
      },
    });
  }

  return (
    <header className={classes.head}>
      {isPhone && <BackLink />}
      {onDetails ? (
        <UnstyledButton className={classes.title} onClick={onDetails} title={t("talk.details")}>
          <Title conversation={conversation} />
        </UnstyledButton>
      ) : (
        <div className={classes.title}>
          <Title conversation={conversation} />
        </div>
      )}
      {canWrite &&
        buttons.map((name) => (
          <Button
            key={name}
            {...looks[name]}
            h={isPhone ? "44px" : "32px"}
            className={classes.act}
            loading={act.isPending && act.variables === name}
            onClick={() => perform(name)}
          >
            {t(actLabels[name])}
          </Button>
        ))}
      {canWrite && <TalkMenu conversation={conversation} acts={rest} onAct={perform} />}
    </header>
  );
}

function Title({ conversation }: { conversation: Conversation }) {
  const channel = useChannelName(conversation);
  const { contact, listing } = conversation;
  const facts = [listing?.title, listing && priceText(listing), channel].filter(Boolean);
  return (
    <>
      {listing?.image_url ? (
        <img className={classes.thumb} src={listing.image_url} alt="" />
      ) : (
        <ContactAvatar
          name={contact.name}
          imageUrl={contact.avatar_url}
          channel={conversation.channel.kind}
        />
      )}
      <span className={classes.words}>
        <strong className={classes.name}>{contact.name}</strong>
        <span className={classes.facts}>{facts.join(" · ")}</span>
      </span>
    </>
  );
}

function BackLink() {
  const { t } = useTranslation();
  return (
    <ActionIcon
      component={Link}
      to="/inbox"
      search={true}
      variant="subtle"
      color="gray"
      size={44}
      ml={-12}
      mr={-8}
      aria-label={t("common.back")}
    >
      <IconChevronLeft size={24} aria-hidden />
    </ActionIcon>
  );
}
