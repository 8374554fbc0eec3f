import { useTranslation } from "react-i18next";
import type { Conversation } from "../model/types";

/** "Авито" */
export function useChannelKind({ channel }: Conversation): string {
  const { t } = useTranslation();
  return channel.kind === "avito" ? t("channel.avito") : channel.kind;
}

/** "Авито, «Автодвор»" */
export function useChannelName(conversation: Conversation): string {
  const { t } = useTranslation();
  const { channel } = conversation;
  const kind = useChannelKind(conversation);
  return t("channel.of", { kind, name: channel.name });
}
