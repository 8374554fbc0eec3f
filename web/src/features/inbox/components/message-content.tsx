import {
  IconFile,
  IconMapPin,
  IconPhone,
  IconPhoneX,
  IconQuestionMark,
  IconTrash,
  IconVideo,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Content } from "../model/content";
import type { Message } from "../model/types";
import { BubbleText } from "./bubble-text";
import { LinkCard } from "./link-card";
import classes from "./message-content.module.css";
import { PhotoContent } from "./photo-content";
import { VoicePlayer } from "./voice-player";

interface Props {
  message: Message;
  content: Content;
}

export function MessageContent({ message, content }: Props) {
  const { t } = useTranslation();
  switch (content.kind) {
    case "text":
    case "system":
      return <BubbleText text={content.text} />;
    case "image":
      return (
        <PhotoContent
          messageId={message.id}
          isOwn={message.direction === "out"}
          preview={content.preview}
        />
      );
    case "voice":
      return <VoicePlayer messageId={message.id} transcript={content.transcript} />;
    case "link":
      return (
        <>
          <BubbleText text={content.text} />
          {content.title && (
            <LinkCard
              url={content.url}
              title={content.title}
              text={content.description}
              source={content.domain}
              imageUrl={content.imageUrl}
            />
          )}
        </>
      );
    case "item":
      return (
        <LinkCard
          url={content.url}
          title={content.title || t("message.item")}
          text={content.priceText}
          source={null}
          imageUrl={content.imageUrl}
        />
      );
    case "location":
      return (
        <LinkCard
          url={content.mapUrl}
          title={content.title || t("message.location")}
          text={content.text === content.title ? null : content.text || null}
          source={content.mapUrl && t("message.onMap")}
          icon={<IconMapPin size={22} stroke={1.6} aria-hidden />}
          imageUrl={null}
        />
      );
    case "call":
      return (
        <Fact icon={<IconPhoneX size={18} aria-hidden />}>
          {t(content.isMissed ? "message.missedCall" : "message.callOther")}
        </Fact>
      );
    case "appCall":
      return <Fact icon={<IconPhone size={18} aria-hidden />}>{t("message.appCall")}</Fact>;
    case "file":
      return <Fact icon={<IconFile size={18} aria-hidden />}>{t("message.file")}</Fact>;
    case "video":
      return <Fact icon={<IconVideo size={18} aria-hidden />}>{t("message.video")}</Fact>;
    case "deleted":
      return (
        <Fact icon={<IconTrash size={16} aria-hidden />}>
          {t(content.isRecalled ? "message.recalled" : "message.deleted")}
        </Fact>
      );
    case "unknown":
      return (
        <Fact icon={<IconQuestionMark size={18} aria-hidden />}>
          {message.text ||
            (content.type
              ? t("message.unknown", { type: content.type })
              : t("message.unknownNoType"))}
        </Fact>
      );
  }
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.fact}>
      {icon}
      <span>{children}</span>
    </span>
  );
}
