import { ActionIcon, Progress } from "@mantine/core";
import { IconPhotoOff, IconRefresh, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { pictureShelf, type ShelfPicture } from "../live/picture-shelf";
import classes from "./picture-tray.module.css";

interface Props {
  talk: string;
  pictures: ShelfPicture[];
}

/** What will go with the reply, above its field. */
export function PictureTray({ talk, pictures }: Props) {
  const { t } = useTranslation();
  if (pictures.length === 0) return null;
  const errors = new Set(pictures.flatMap(({ error }) => error ?? []));
  return (
    <div>
      <ul className={classes.tray} aria-label={t("pictures.attached")}>
        {pictures.map((picture) => (
          <TrayPicture key={picture.key} talk={talk} picture={picture} />
        ))}
      </ul>
      {[...errors].map((error) => (
        <div key={error} className={classes.error} role="alert">
          {t("pictures.failed", { reason: error })}
        </div>
      ))}
    </div>
  );
}

function TrayPicture({ talk, picture }: { talk: string; picture: ShelfPicture }) {
  const { t } = useTranslation();
  const { key, name, state, progress, url, canRetry } = picture;
  const [isBroken, setIsBroken] = useState(false);
  return (
    <li className={classes.item} data-state={state}>
      {isBroken ? (
        <span className={`${classes.image} ${classes.broken}`} title={name}>
          <IconPhotoOff size={22} stroke={1.6} aria-hidden />
        </span>
      ) : (
        <img
          className={classes.image}
          src={url}
          alt={name || t("message.ownPhoto")}
          onError={() => setIsBroken(true)}
        />
      )}
      {state === "uploading" && (
        <Progress
          className={classes.progress}
          value={progress}
          size="xs"
          aria-label={t("pictures.uploading", { name })}
        />
      )}
      {state === "failed" && canRetry && (
        <ActionIcon
          className={classes.retry}
          variant="filled"
          color="bad"
          aria-label={t("pictures.retry")}
          title={t("pictures.retry")}
          onClick={() => pictureShelf.retry(talk, key)}
        >
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      )}
      <button
        type="button"
        className={classes.remove}
        aria-label={t("pictures.remove")}
        title={t("pictures.remove")}
        onClick={() => pictureShelf.remove(talk, key)}
      >
        <IconX size={12} stroke={2.2} aria-hidden />
      </button>
    </li>
  );
}
