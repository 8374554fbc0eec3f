import { Drawer } from "@mantine/core";
import { IconExternalLink, IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatDate } from "@/lib/format";
import { useIsPhone } from "@/lib/viewport";
import { useChannelKind } from "../hooks/use-channel-name";
import { whoAnswers } from "../model/answers";
import { webUrl } from "../model/content";
import { priceText } from "../model/price";
import type { Conversation } from "../model/types";
import { DetailsAgent } from "./details-agent";
import { DetailsContact } from "./details-contact";
import { DetailsNotes } from "./details-notes";
import classes from "./details-panel.module.css";
import { DetailsSection } from "./details-section";
import { DetailsTags } from "./details-tags";
import { DetailsTalks } from "./details-talks";

export function DetailsPanel({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  return (
    <aside className={classes.panel} aria-label={t("details.title")}>
      <Details conversation={conversation} />
    </aside>
  );
}

interface DrawerProps {
  conversation: Conversation;
  isOpen: boolean;
  onClose: () => void;
}

/** Over the talk, where there is no room beside it; on a phone all of the screen. */
export function DetailsDrawer({ conversation, isOpen, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  return (
    <Drawer
      opened={isOpen}
      onClose={onClose}
      position="right"
      size={isPhone ? "100%" : 360}
      title={conversation.contact.name}
      closeButtonProps={{ "aria-label": t("common.close"), size: 44 }}
    >
      <Details conversation={conversation} />
    </Drawer>
  );
}

function Details({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const kind = useChannelKind(conversation);
  const { assignee } = conversation;
  const person = assignee?.id === user.id ? t("inbox.row.you") : (assignee?.name ?? "");
  const answers = {
    bot: t("inbox.row.bot"),
    assignee: person,
    awaited: t("details.awaited"),
    elsewhere: t("details.elsewhere", { channel: kind }),
    nobody: t("details.nobody"),
  }[whoAnswers(conversation)];
  return (
    <>
      <DetailsSection title={t("details.listing")}>
        <Listing conversation={conversation} />
      </DetailsSection>
      <DetailsContact conversation={conversation} />
      <DetailsSection title={t("details.conversation")}>
        <dl className={classes.facts}>
          <dt>{t("details.answers")}</dt>
          <dd>{answers}</dd>
          <dt>{t("details.since")}</dt>
          <dd>{formatDate(conversation.created_at)}</dd>
        </dl>
      </DetailsSection>
      <DetailsSection title={t("details.tags")}>
        <DetailsTags conversation={conversation} />
      </DetailsSection>
      <DetailsNotes conversation={conversation} />
      <DetailsAgent conversation={conversation} />
      <DetailsTalks conversation={conversation} />
    </>
  );
}

function Listing({ conversation: { listing } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  if (!listing) return <p className={classes.none}>{t("details.noListing")}</p>;
  const url = webUrl(listing.url);
  const image = webUrl(listing.image_url);
  const facts = [
    priceText(listing),
    listing.status === "active" && t("details.listingStatus.active"),
    listing.status === "closed" && t("details.listingStatus.closed"),
    listing.location,
  ].filter(Boolean);
  return (
    <>
      {image ? (
        <img className={classes.photo} src={image} alt="" />
      ) : (
        <div className={classes.photo}>
          <IconPhoto size={28} stroke={1.4} aria-hidden />
        </div>
      )}
      <p className={classes.title}>{listing.title}</p>
      <p className={classes.about}>{facts.join(" · ")}</p>
      {url && (
        <a className={classes.link} href={url} target="_blank" rel="noopener noreferrer">
          {t("details.openListing")}
          <IconExternalLink size={14} aria-hidden />
        </a>
      )}
    </>
  );
}
