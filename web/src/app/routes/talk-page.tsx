import { IconMessage2 } from "@tabler/icons-react";
import { useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { Talk } from "@/features/inbox/components/talk";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The address ends with the id of a message where the talk is opened at one. */
export function TalkPage() {
  const { conversationId } = useParams({ from: "/app/inbox/$conversationId" });
  const navigate = useNavigate();
  const hash = useLocation({ select: (location) => location.hash });
  return (
    <Talk
      key={conversationId}
      id={conversationId}
      around={uuid.test(hash) ? hash : null}
      onLatest={() => void navigate({ to: ".", search: true, hash: "", replace: true })}
    />
  );
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
