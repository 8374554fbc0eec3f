import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { contactCardQuery } from "../api/details";
import { priceText } from "../model/price";
import type { Conversation } from "../model/types";
import panel from "./details-panel.module.css";
import { DetailsSection } from "./details-section";
import classes from "./details-talks.module.css";

const shownAtFirst = 4;

/** The other talks of the same contact, whatever they are about. */
export function DetailsTalks({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const [areAllShown, setAreAllShown] = useState(false);
  const { data: card } = useQuery(contactCardQuery(conversation.contact.id));
  if (!card) return null;
  const others = card.talks.filter(({ id }) => id !== conversation.id);
  const shown = areAllShown ? others : others.slice(0, shownAtFirst);
  return (
    <DetailsSection title={t("details.talks")}>
      {others.length === 0 && <p className={panel.none}>{t("details.noTalks")}</p>}
      <ul className={classes.talks}>
        {shown.map((talk) => (
          <li key={talk.id}>
            <OtherTalk talk={talk} />
          </li>
        ))}
      </ul>
      {others.length > shown.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAreAllShown(true)}>
          {t("details.allTalks", { count: others.length })}
        </Button>
      )}
    </DetailsSection>
  );
}

function OtherTalk({ talk }: { talk: Conversation }) {
  const { t } = useTranslation();
  const now = useMinute();
  const { listing } = talk;
  const state = talk.status === "closed" ? t("details.talkClosed") : t(`inbox.mode.${talk.mode}`);
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: talk.id }}
      search={true}
      className={classes.talk}
    >
      <span className={classes.line}>
        <span className={classes.title}>{listing?.title ?? t("inbox.row.noListing")}</span>
        {listing && <span className={classes.price}>{priceText(listing)}</span>}
      </span>
      <span className={classes.about}>
        {formatRowTime(talk.last_activity_at, now)} · {state}
      </span>
    </Link>
  );
}
