import { IconAlertTriangle, IconClock, IconPinFilled } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { MouseEvent, TouchEvent } from "react";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { formatRowTime } from "@/lib/format";
import { useDraftPreview } from "../api/reply-drafts";
import type { RowSetting } from "../hooks/use-row-setting";
import { lastWords } from "../model/last-words";
import { formatMoment } from "../model/moments";
import type { Present } from "../model/presence";
import { priceText } from "../model/price";
import type { Conversation, Tag } from "../model/types";
import classes from "./conversation-row.module.css";
import { RowPeople, RowWords } from "./row-presence";
import { RowState } from "./row-state";
import { TagDot } from "./tag-pill";

interface Props {
  conversation: Conversation;
  setting: RowSetting;
  colleagues: readonly Present[];
  isChosen: boolean;
  /** Some rows are chosen: on a phone a tap chooses too. */
  onClick?: (event: MouseEvent) => void;
  onContextMenu?: (event: MouseEvent) => void;
  onTouchStart?: (event: TouchEvent) => void;
}

export function ConversationRow({
  conversation,
  setting,
  colleagues,
  isChosen,
  ...handlers
}: Props) {
  const { t } = useTranslation();
  const { me, now } = setting;
  const draft = useDraftPreview(conversation.id);
  const { id, contact, listing, channel, snoozed_until: until } = conversation;
  const isWaiting = conversation.mode === "manager" && conversation.waiting_since !== null;
  return (
    <Link
      {...handlers}
      to="/inbox/$conversationId"
      params={{ conversationId: id }}
      search={true}
      draggable={false}
      className={classes.row}
      activeProps={{ "data-selected": true }}
      data-chosen={isChosen || undefined}
      data-unread={conversation.unread_count > 0 || isWaiting || undefined}
    >
      <ContactAvatar name={contact.name} imageUrl={contact.avatar_url} channel={channel.kind} />
      <span className={classes.lines}>
        <span className={classes.line}>
          <span className={classes.name}>{contact.name}</span>
          <RowTags tags={setting.tags.filter((tag) => conversation.tag_ids.includes(tag.id))} />
          {conversation.is_pinned && (
            <IconPinFilled size={12} className={classes.pin} aria-label={t("inbox.row.pinned")} />
          )}
          {until !== null && (
            <IconClock
              size={13}
              className={classes.pin}
              aria-label={t("inbox.row.snoozed", {
                until: formatMoment(new Date(until), now, me.workspace.time_zone),
              })}
            />
          )}
          <time className={classes.time} dateTime={conversation.last_activity_at}>
            {formatRowTime(conversation.last_activity_at, now)}
          </time>
        </span>
        <span className={classes.line}>
          <span className={classes.listing}>{listing?.title ?? t("inbox.row.noListing")}</span>
          <span className={classes.price}>{listing && priceText(listing)}</span>
        </span>
        <span className={classes.line}>
          <RowWords colleagues={colleagues} className={classes.last}>
            {draft === "" ? (
              lastWords(conversation, me.user.name, t)
            ) : (
              <>
                <span className={classes.draft}>{t("inbox.row.draft")}</span> {draft}
              </>
            )}
          </RowWords>
          {colleagues.length > 0 && <RowPeople colleagues={colleagues} />}
          {conversation.has_failed && (
            <IconAlertTriangle
              size={16}
              className={classes.failed}
              aria-label={t("inbox.row.failed")}
            />
          )}
          <RowState conversation={conversation} setting={setting} />
        </span>
      </span>
    </Link>
  );
}

const shownTags = 3;

/** Dots where the column is narrow, words where there is room. */
function RowTags({ tags }: { tags: readonly Tag[] }) {
  const { t } = useTranslation();
  if (tags.length === 0) return null;
  const names = tags.map(({ name }) => name).join(", ");
  return (
    <span className={classes.tags} role="img" title={names} aria-label={t("tags.of", { names })}>
      {tags.slice(0, shownTags).map(({ id, name, color }) => (
        <span key={id} className={classes.tag}>
          <TagDot color={color} />
          <span className={classes.tagName}>{name}</span>
        </span>
      ))}
    </span>
  );
}
