import type { TFunction } from "i18next";
import { knownType } from "./message-type";
import type { Conversation } from "./types";

/** The last words as a row shows them: "Бот: Ткань велюр…", "Вы: Держим до субботы". */
export function lastWords(
  { last_message: last }: Conversation,
  ownName: string,
  t: TFunction,
): string {
  if (!last) return t("inbox.row.nobody");
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
