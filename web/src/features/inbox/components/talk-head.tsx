import { ActionIcon, Button, type ButtonProps, UnstyledButton } from "@mantine/core";
import { IconChevronLeft, IconLayoutSidebarRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { useCanWrite, useMe } from "@/lib/current-user";
import { useMinute } from "@/lib/minute-clock";
import { useIsPhone } from "@/lib/viewport";
import { useChannelName } from "../hooks/use-channel-name";
import { buttonsAmong, type Command, commandLabels, commandsFor } from "../model/command";
import { keyOf } from "../model/keys";
import { formatMoment } from "../model/moments";
import { priceText } from "../model/price";
import type { Conversation } from "../model/types";
import { useActs } from "./acts-context";
import classes from "./talk-head.module.css";
import { TalkMenu } from "./talk-menu";

const looks: Partial<Record<Command, ButtonProps>> = {
  "take-over": {},
  "return-to-bot": { variant: "outline", color: "bot" },
};

interface Props {
  conversation: Conversation;
  details: { isOpen: boolean; toggle: () => void };
}

export function TalkHead({ conversation, details }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { user } = useMe();
  const isPhone = useIsPhone();
  const acts = useActs();
  const commands = commandsFor(conversation, user.id);
  const buttons = buttonsAmong(commands, isPhone ? 1 : 2);
  const rest = commands.filter((command) => !buttons.includes(command));
  const run = (command: Command) => acts.run(command, [conversation]);

  return (
    <header className={classes.head}>
      {isPhone && <BackLink />}
      <UnstyledButton
        className={classes.title}
        onClick={details.toggle}
        title={t("talk.details")}
        aria-expanded={details.isOpen}
      >
        <Title conversation={conversation} />
      </UnstyledButton>
      {canWrite &&
        buttons.map((name) => (
          <Button
            key={name}
            {...(looks[name] ?? { variant: "default" })}
            h={isPhone ? "44px" : "32px"}
            className={classes.act}
            title={keyOf(name) && t("talk.act.key", { key: keyOf(name) })}
            onClick={() => run(name)}
          >
            {t(commandLabels[name])}
          </Button>
        ))}
      {canWrite && <TalkMenu conversation={conversation} commands={rest} onCommand={run} />}
      {!isPhone && (
        <ActionIcon
          variant="subtle"
          color={details.isOpen ? "brand" : "gray"}
          size={32}
          ml={-8}
          aria-label={t("talk.details")}
          aria-pressed={details.isOpen}
          title={t(details.isOpen ? "talk.detailsHide" : "talk.detailsShow")}
          onClick={details.toggle}
        >
          <IconLayoutSidebarRight size={20} stroke={1.7} aria-hidden />
        </ActionIcon>
      )}
    </header>
  );
}

function Title({ conversation }: { conversation: Conversation }) {
  const channel = useChannelName(conversation);
  const { t } = useTranslation();
  const { workspace } = useMe();
  const now = useMinute();
  const { contact, listing, snoozed_until: until } = conversation;
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
        <span className={classes.facts}>
          {until !== null && (
            <span className={classes.until}>
              {t("inbox.row.snoozed", {
                until: formatMoment(new Date(until), now, workspace.time_zone),
              })}
              {" · "}
            </span>
          )}
          {facts.join(" · ")}
        </span>
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
