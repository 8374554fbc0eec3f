import { useTranslation } from "react-i18next";
import type { Message } from "../model/types";
import classes from "./handover-card.module.css";

const parts = ["wants", "promised", "next"] as const;

/** Why the agent asks for a person, and its brief in one look. */
export function HandoverCard({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { content } = message;
  const brief = parts.flatMap((part) => {
    const text = content[part];
    return typeof text === "string" && text.trim() !== ""
      ? [t(`talk.handover.${part}`, { text: ended(text) })]
      : [];
  });
  const reason = typeof content.reason === "string" ? content.reason : message.text;
  return (
    <div className={classes.card}>
      <p>
        <b>{t("talk.handover.title")}</b> {reason}
      </p>
      {brief.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}

function ended(text: string): string {
  const trimmed = text.trim();
  return /[.?!…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
