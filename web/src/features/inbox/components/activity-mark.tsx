import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatClock } from "@/lib/format";
import type { Message } from "../model/types";
import classes from "./marks.module.css";

const actions = [
  "taken_over",
  "returned_to_bot",
  "closed",
  "reopened",
  "answered_elsewhere",
  "answer_recalled",
  "blocked",
] as const;

export function ActivityMark({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const { action, by } = message.content;
  const known = actions.find((name) => name === action);
  const time = formatClock(message.sent_at);
  const isOwn = message.author.id === user.id;

  function words(): string {
    if (!known) return message.text || t("talk.activity.unknown", { time });
    if (isOwn) return t(`talk.activity.${known}_you`, { time });
    if (typeof by !== "string" || by === "") return t(`talk.activity.${known}_nobody`, { time });
    return t(`talk.activity.${known}`, { name: by, time });
  }

  return <div className={classes.mark}>{words()}</div>;
}
