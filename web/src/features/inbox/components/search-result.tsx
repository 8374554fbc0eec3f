import { IconNote } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { priceText } from "../model/price";
import { Marked } from "./marked";
import { resultMark } from "./search-keys";
import classes from "./search-result.module.css";

type Result = components["schemas"]["SearchResult"];
type Hit = components["schemas"]["SearchHit"];

/** A conversation, and under it the messages that answer; each leads to its place. */
export function SearchResult({ result }: { result: Result }) {
  const { t } = useTranslation();
  const now = useMinute();
  const { conversation, hits } = result;
  const { id, contact, listing, channel, status, mode } = conversation;
  const said = hits.filter((hit) => hit.message_id != null);
  const name = hits.find((hit) => hit.where === "name");
  const title = hits.find((hit) => hit.where === "listing");
  return (
    <li className={classes.result}>
      <Link
        to="/inbox/$conversationId"
        params={{ conversationId: id }}
        search={true}
        {...(said[0]?.message_id && { hash: said[0].message_id })}
        className={classes.row}
        activeOptions={{ includeHash: false }}
        activeProps={{ "data-selected": true }}
        {...resultMark}
      >
        <ContactAvatar name={contact.name} imageUrl={contact.avatar_url} channel={channel.kind} />
        <span className={classes.lines}>
          <span className={classes.line}>
            <span className={classes.name}>
              {name ? <Marked text={name.text} ranges={name.ranges} /> : contact.name}
            </span>
            <time className={classes.faint} dateTime={conversation.last_activity_at}>
              {formatRowTime(conversation.last_activity_at, now)}
            </time>
          </span>
          <span className={classes.line}>
            <span className={classes.listing}>
              {title ? (
                <Marked text={title.text} ranges={title.ranges} />
              ) : (
                (listing?.title ?? t("inbox.row.noListing"))
              )}
            </span>
            <span className={classes.price}>{listing && priceText(listing)}</span>
            <span className={classes.faint}>
              {status === "closed" ? t("search.closed") : t(`inbox.mode.${mode}`)}
            </span>
          </span>
        </span>
      </Link>
      {said.map((hit) => (
        <SaidHit key={hit.message_id} hit={hit} conversationId={id} now={now} />
      ))}
    </li>
  );
}

interface SaidHitProps {
  hit: Hit;
  conversationId: string;
  now: Date;
}

function SaidHit({ hit, conversationId, now }: SaidHitProps) {
  const { t } = useTranslation();
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId }}
      search={true}
      {...(hit.message_id && { hash: hit.message_id })}
      className={classes.hit}
      data-note={hit.where === "note" || undefined}
      {...resultMark}
    >
      {hit.where === "note" && (
        <IconNote size={14} className={classes.note} aria-label={t("search.note")} />
      )}
      <span className={classes.words}>
        <Marked text={hit.text} ranges={hit.ranges} />
      </span>
      {hit.sent_at && (
        <time className={classes.faint} dateTime={hit.sent_at}>
          {formatRowTime(hit.sent_at, now)}
        </time>
      )}
    </Link>
  );
}
