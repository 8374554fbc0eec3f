import { Modal, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPhotoOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./photo-content.module.css";

interface Props {
  preview: string;
  full: string;
  from: string;
}

export function PhotoContent({ preview, full, from }: Props) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
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
    <>
      <UnstyledButton className={classes.photo} onClick={open} aria-label={t("message.photoOpen")}>
        <img
          src={preview}
          alt={t("message.photo")}
          loading="lazy"
          onError={() => setIsLost(true)}
        />
      </UnstyledButton>
      <Modal opened={isOpen} onClose={close} size="auto" title={from} padding="sm">
        <img className={classes.full} src={full} alt={t("message.photo")} />
      </Modal>
    </>
  );
}
