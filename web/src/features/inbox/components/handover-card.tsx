import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "../model/types";
import classes from "./handover-card.module.css";

// The assistant's own words; a customer's papers are called otherwise.
const ofDocuments = /((?<=ни в )документах|дополнить документы)/;
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
        <b>{t("talk.handover.title")}</b> <WithDocuments text={reason} />
      </p>
      {brief.map((line) => (
        <p key={line}>
          <WithDocuments text={line} />
        </p>
      ))}
    </div>
  );
}

/** Where the card speaks of the company's documents, they are one click away. */
function WithDocuments({ text }: { text: string }) {
  return text.split(ofDocuments).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
    <Fragment key={index}>
      {isOfDocuments(part) ? (
        <Link to="/settings/assistant" className={classes.link}>
          {part}
        </Link>
      ) : (
        part
      )}
    </Fragment>
  ));
}

function isOfDocuments(part: string): boolean {
  return part === "документах" || part === "дополнить документы";
}

function ended(text: string): string {
  const trimmed = text.trim();
  return /[.?!…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
