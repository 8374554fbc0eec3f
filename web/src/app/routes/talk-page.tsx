import { IconMessage2 } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { Talk } from "@/features/inbox/components/talk";

export function TalkPage() {
  const { conversationId } = useParams({ from: "/app/inbox/$conversationId" });
  return <Talk key={conversationId} id={conversationId} />;
}

export function NoTalkPage() {
  const { t } = useTranslation();
  return (
    <StateMessage
      icon={<IconMessage2 size={32} stroke={1.5} aria-hidden />}
      title={t("inbox.noTalk.title")}
      text={t("inbox.noTalk.text")}
    />
  );
}
