import { IconPhotoPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { useFileDrop } from "../hooks/use-file-drop";
import { usePictures } from "../hooks/use-pictures";
import { mayAttach } from "../model/pictures";
import type { Conversation } from "../model/types";
import classes from "./picture-drop.module.css";

interface Props {
  conversation: Conversation;
  className?: string | undefined;
  label: string;
  children: ReactNode;
}

/** A talk onto which pictures can be dropped, all over. */
export function PictureDrop({ conversation, className, label, children }: Props) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { add } = usePictures(conversation.id);
  const { isOver, handlers } = useFileDrop(canWrite && mayAttach(conversation), add);
  return (
    <section className={`${className ?? ""} ${classes.place}`} aria-label={label} {...handlers}>
      {children}
      {isOver && (
        <div className={classes.zone}>
          <IconPhotoPlus size={36} stroke={1.5} aria-hidden />
          {t("pictures.drop")}
        </div>
      )}
    </section>
  );
}
