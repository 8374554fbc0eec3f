import { ActionIcon, Modal } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import {
  IconChevronLeft,
  IconChevronRight,
  IconExternalLink,
  IconZoomIn,
  IconZoomOut,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatClock, formatDate } from "@/lib/format";
import type { Photo } from "../model/photos";
import classes from "./photo-lightbox.module.css";

const scales = [1, 1.5, 2, 3, 4] as const;

interface Props {
  photos: readonly Photo[];
  /** The message whose picture is shown; null closes. */
  openId: string | null;
  from: string;
  onOpen: (id: string | null) => void;
}

/** The pictures of a talk, one at a time: arrows lead on, plus and minus zoom. */
export function PhotoLightbox({ photos, openId, from, onOpen }: Props) {
  const { t } = useTranslation();
  const index = photos.findIndex(({ id }) => id === openId);
  const photo = photos[index];
  return (
    <Modal
      opened={photo !== undefined}
      onClose={() => onOpen(null)}
      fullScreen
      padding={0}
      transitionProps={{ duration: 120 }}
      classNames={{ content: classes.content, header: classes.header, body: classes.body }}
      closeButtonProps={{ "aria-label": t("common.close"), size: 44 }}
      title={
        photo &&
        [
          photos.length > 1
            ? t("photo.number", { number: index + 1, total: photos.length })
            : t("photo.one"),
          photo.isOut ? null : from,
          `${formatDate(photo.sentAt)}, ${formatClock(photo.sentAt)}`,
        ]
          .filter(Boolean)
          .join(" · ")
      }
    >
      {photo && (
        <Stage
          key={photo.id}
          photo={photo}
          before={photos[index - 1]}
          after={photos[index + 1]}
          onOpen={onOpen}
        />
      )}
    </Modal>
  );
}

interface StageProps {
  photo: Photo;
  before: Photo | undefined;
  after: Photo | undefined;
  onOpen: (id: string) => void;
}

function Stage({ photo, before, after, onOpen }: StageProps) {
  const { t } = useTranslation();
  const [zoom, setZoom] = useState(0);
  const scale = scales[zoom] ?? 1;

  function zoomBy(step: number): void {
    setZoom((now) => Math.min(Math.max(now + step, 0), scales.length - 1));
  }

  useWindowEvent("keydown", ({ key }) => {
    if (key === "ArrowLeft" && before) onOpen(before.id);
    if (key === "ArrowRight" && after) onOpen(after.id);
    if (key === "+" || key === "=") zoomBy(1);
    if (key === "-") zoomBy(-1);
    if (key === "0") setZoom(0);
  });

  return (
    <>
      <div className={classes.stage} data-zoomed={scale > 1 || undefined}>
        <button
          type="button"
          className={classes.photo}
          aria-label={t(scale > 1 ? "photo.whole" : "photo.zoomIn")}
          style={scale > 1 ? { width: `${scale * 100}%` } : undefined}
          onClick={() => setZoom(scale > 1 ? 0 : 2)}
        >
          <img src={photo.full} alt={t(photo.isOut ? "message.ownPhoto" : "message.photo")} />
        </button>
      </div>
      <div className={classes.tools}>
        <Tool label={t("photo.before")} onClick={() => before && onOpen(before.id)} isOff={!before}>
          <IconChevronLeft size={22} aria-hidden />
        </Tool>
        <Tool label={t("photo.zoomOut")} onClick={() => zoomBy(-1)} isOff={zoom === 0}>
          <IconZoomOut size={20} aria-hidden />
        </Tool>
        <Tool
          label={t("photo.larger")}
          onClick={() => zoomBy(1)}
          isOff={zoom === scales.length - 1}
        >
          <IconZoomIn size={20} aria-hidden />
        </Tool>
        <ActionIcon
          component="a"
          href={photo.full}
          target="_blank"
          rel="noopener noreferrer"
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t("photo.original")}
        >
          <IconExternalLink size={20} aria-hidden />
        </ActionIcon>
        <Tool label={t("photo.after")} onClick={() => after && onOpen(after.id)} isOff={!after}>
          <IconChevronRight size={22} aria-hidden />
        </Tool>
      </div>
    </>
  );
}

interface ToolProps {
  label: string;
  isOff: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, isOff, onClick, children }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={44}
      aria-label={label}
      title={label}
      // Not disabled: the focus would be lost at the last picture.
      aria-disabled={isOff || undefined}
      data-off={isOff || undefined}
      className={classes.tool}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
