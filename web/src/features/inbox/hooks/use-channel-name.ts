import { useTranslation } from "react-i18next";
import type { Conversation } from "../model/types";

/** "Авито, «Автодвор»" */
export function useChannelName({ channel }: Conversation): string {
  const { t } = useTranslation();
  const kind = channel.kind === "avito" ? t("channel.avito") : channel.kind;
  return t("channel.of", { kind, name: channel.name });
}
