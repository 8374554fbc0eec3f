import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatClock } from "@/lib/format";
import { formatDateAndTime } from "../model/moments";
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
  "assigned",
  "unassigned",
  "snoozed",
  "woken",
  "scheduled_changed",
] as const;
// What happens by itself.
const events = ["scheduled_stopped", "reopened_unsent"] as const;

export function ActivityMark({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { user, workspace } = useMe();
  const { by, to, until, because } = message.content;
  const action = because === "not_sent" ? "reopened_unsent" : message.content.action;
  const known = actions.find((name) => name === action);
  const time = formatClock(message.sent_at);
  const isOwn = message.author.id === user.id;
  const facts = {
    time,
    to: typeof to === "string" ? to : "",
    until: typeof until === "string" ? formatDateAndTime(new Date(until), workspace.time_zone) : "",
  };

  function words(): string {
    const event = events.find((name) => name === action);
    if (event) return t(`talk.activity.${event}_nobody`, { time });
    if (!known) return message.text || t("talk.activity.unknown", { time });
    if (isOwn) return t(`talk.activity.${known}_you`, facts);
    if (typeof by !== "string" || by === "") return t(`talk.activity.${known}_nobody`, facts);
    return t(`talk.activity.${known}`, { name: by, ...facts });
  }

  return <div className={classes.mark}>{words()}</div>;
}
