import { ActionIcon, Skeleton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useCopy } from "@/lib/copy-text";
import { formatDate, formatNumber } from "@/lib/format";
import { contactCardQuery } from "../api/details";
import { useChannelName } from "../hooks/use-channel-name";
import { phoneText } from "../model/contact-card";
import { webUrl } from "../model/content";
import type { Conversation } from "../model/types";
import classes from "./details-panel.module.css";
import { DetailsSection } from "./details-section";

/** Who writes: name, phones, channels, since when, how many talks. */
export function DetailsContact({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const channel = useChannelName(conversation);
  const { contact } = conversation;
  const { data: card, isPending } = useQuery(contactCardQuery(contact.id));
  const profile = webUrl(
    card?.identities.find(({ account_id: id }) => id === conversation.channel.account_id)
      ?.profile_url,
  );
  const others = (card?.identities ?? []).filter(
    ({ account_id: id }) => id !== conversation.channel.account_id,
  );
  return (
    <DetailsSection title={t("details.contact")}>
      <dl className={classes.facts}>
        <dt>{t("details.name")}</dt>
        <dd>{contact.name}</dd>
        {card?.phones.map(({ number }) => (
          <PhoneFact key={number} number={number} />
        ))}
        <dt>{t("details.channel")}</dt>
        <dd>
          {profile ? (
            <a className={classes.inline} href={profile} target="_blank" rel="noopener noreferrer">
              {channel}
            </a>
          ) : (
            channel
          )}
          {others.map(({ account_id: id, account_name: name }) => (
            <div key={id}>{name}</div>
          ))}
        </dd>
        {isPending ? (
          <>
            <dt>{t("details.contactSince")}</dt>
            <dd>
              <Skeleton width={90} height={12} mt={4} />
            </dd>
          </>
        ) : (
          card && (
            <>
              <dt>{t("details.contactSince")}</dt>
              <dd>{formatDate(card.created_at)}</dd>
              <dt>{t("details.talkCount")}</dt>
              <dd>{formatNumber(card.talk_count)}</dd>
            </>
          )
        )}
      </dl>
      {contact.is_blocked && <p className={classes.blocked}>{t("details.blocked")}</p>}
    </DetailsSection>
  );
}

function PhoneFact({ number }: { number: string }) {
  const { t } = useTranslation();
  const { isCopied, copy } = useCopy(number, 1500);
  return (
    <>
      <dt>{t("details.phone")}</dt>
      <dd className={classes.phone}>
        <a className={classes.inline} href={`tel:${number}`}>
          {phoneText(number)}
        </a>
        <ActionIcon
          variant="subtle"
          color={isCopied ? "brand" : "gray"}
          size={24}
          className={classes.copy}
          onClick={copy}
          aria-label={t(isCopied ? "details.copied" : "details.copyPhone")}
        >
          {isCopied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
        </ActionIcon>
      </dd>
    </>
  );
}
