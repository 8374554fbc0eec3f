import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatClock } from "@/lib/format";
import { contentOf } from "../model/content";
import type { Message } from "../model/types";
import classes from "./bubble.module.css";
import { BubbleText } from "./bubble-text";
import { FailureLine } from "./failure-line";
import { MessageContent } from "./message-content";
import { MessageMenu } from "./message-menu";

interface Props {
  message: Message;
  contactName: string;
}

export function Bubble({ message, contactName }: Props) {
  const { t } = useTranslation();
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
          <blockquote className={classes.quote} title={t("message.quote")}>
            <BubbleText text={quoted} />
          </blockquote>
        )}
        <MessageContent message={message} content={content} contactName={contactName} />
        <BubbleMeta message={message} isGone={isGone} />
        {message.status === "failed" && <FailureLine message={message} />}
      </div>
      {!isGone && <MessageMenu message={message} />}
    </div>
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
  if (direction === "out" && status !== "received" && !isGone)
    parts.push(t(`message.status.${status}`));
  return <div className={classes.meta}>{parts.join(" · ")}</div>;
}
