import { UnstyledButton } from "@mantine/core";
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFeedActs } from "./feed-context";
import classes from "./photo-content.module.css";

interface Props {
  messageId: string;
  isOwn: boolean;
  preview: string;
}

export function PhotoContent({ messageId, isOwn, preview }: Props) {
  const { t } = useTranslation();
  const { openPhoto } = useFeedActs();
  const [isLost, setIsLost] = useState(false);
  if (isLost) {
    return (
      <span className={classes.lost}>
        <IconPhotoOff size={18} aria-hidden />
        {t("message.photoLost")}
      </span>
    );
  }
  return (
    <UnstyledButton
      className={classes.photo}
      onClick={() => openPhoto(messageId)}
      aria-label={t("message.photoOpen")}
    >
      <img
        src={preview}
        alt={t(isOwn ? "message.ownPhoto" : "message.photo")}
        loading="lazy"
        onError={() => setIsLost(true)}
      />
    </UnstyledButton>
  );
}
