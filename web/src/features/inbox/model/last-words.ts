import type { TFunction } from "i18next";
import { reasonText } from "@/lib/handover-reason";
import { knownType } from "./message-type";
import type { Conversation } from "./types";

/** The last words as a row shows them: "Бот: Ткань велюр…", "торг: отдадите за 480?". */
export function lastWords(conversation: Conversation, ownName: string, t: TFunction): string {
  const { last_message: last } = conversation;
  if (!last) return t("inbox.row.nobody");
  const why = whyAwaited(conversation, t);
  if (why !== null) return why;
  const isPlain = last.text !== "" && last.type !== "deleted";
  const text = isPlain ? last.text : t(`inbox.preview.${knownType(last.type)}`);
  switch (last.author) {
    case "bot":
      return t("inbox.row.said", { name: t("inbox.row.bot"), text });
    case "elsewhere":
      return t("inbox.row.said", { name: t("inbox.row.elsewhere"), text });
    case "user": {
      const isOwn = last.author_name === ownName;
      const name = isOwn ? t("inbox.row.you") : last.author_name;
      return name ? t("inbox.row.said", { name, text }) : text;
    }
    default:
      return text;
  }
}

/** What a person is awaited for, in place of the bot's own notice that one will come. */
function whyAwaited(
  { mode, waiting_since: since, handover, last_message: last }: Conversation,
  t: TFunction,
): string | null {
  if (mode !== "manager" || since === null || !handover) return null;
  if (last?.author !== "bot" && last?.author !== "system") return null;
  const reason = reasonText(handover.reason);
  const { wants } = handover.brief;
  if (reason === null || wants === "") return reason ?? (wants || null);
  return t("inbox.row.said", { name: reason, text: wants });
}
