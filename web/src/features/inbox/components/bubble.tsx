import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatClock } from "@/lib/format";
import { contentOf } from "../model/content";
import { isHeld } from "../model/held";
import type { Message } from "../model/types";
import classes from "./bubble.module.css";
import { FailureLine } from "./failure-line";
import { useFeedActs } from "./feed-context";
import { HeldLine } from "./held-line";
import { MessageContent } from "./message-content";
import { MessageMenu } from "./message-menu";

export function Bubble({ message }: { message: Message }) {
  const content = contentOf(message);
  const isOut = message.direction === "out";
  const isGone = content.kind === "deleted";
  const quoted = message.quote?.text;
  return (
    <div className={classes.place} data-out={isOut || undefined}>
      <div
        className={classes.bubble}
        data-from={isOut ? (message.author.kind === "bot" ? "bot" : "person") : "customer"}
        data-status={message.status}
        data-gone={isGone || undefined}
      >
        {typeof quoted === "string" && quoted !== "" && (
          <Quote text={quoted} externalId={message.quote?.external_id} />
        )}
        <MessageContent message={message} content={content} />
        <BubbleMeta message={message} isGone={isGone} />
        {isHeld(message) && <HeldLine message={message} />}
        {message.status === "failed" && <FailureLine message={message} />}
      </div>
      {!isGone && <MessageMenu message={message} />}
    </div>
  );
}

function Quote({ text, externalId }: { text: string; externalId: unknown }) {
  const { t } = useTranslation();
  const { jumpTo } = useFeedActs();
  const words = <span className={classes.quoted}>{text}</span>;
  return (
    <blockquote className={classes.quote}>
      {typeof externalId === "string" ? (
        <UnstyledButton
          className={classes.quoteLink}
          title={t("message.quoteOpen")}
          onClick={() => jumpTo(externalId)}
        >
          {words}
        </UnstyledButton>
      ) : (
        words
      )}
    </blockquote>
  );
}

function BubbleMeta({ message, isGone }: { message: Message; isGone: boolean }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const { author, direction, status } = message;
  const parts: string[] = [];
  if (author.kind === "elsewhere") parts.push(t("message.fromApp"));
  if (author.kind === "user" && author.id !== user.id && author.name) parts.push(author.name);
  parts.push(formatClock(message.sent_at));
  if (direction === "out" && status !== "received" && !isGone && !isHeld(message))
    parts.push(t(`message.status.${status}`));
  return <div className={classes.meta}>{parts.join(" · ")}</div>;
}
