import { useTranslation } from "react-i18next";
import type { Message } from "../model/types";
import { BubbleText } from "./bubble-text";
import classes from "./note-bubble.module.css";

export function NoteBubble({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { name } = message.author;
  const text = name ? t("message.noteBy", { text: message.text, name }) : message.text;
  return (
    <div className={classes.note} title={t("message.status.note")}>
      <BubbleText text={text} />
    </div>
  );
}
