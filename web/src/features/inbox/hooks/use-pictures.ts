import { notifications } from "@mantine/notifications";
import { type ClipboardEvent, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { pictureShelf, type ShelfPicture } from "../live/picture-shelf";
import { maxPictures, pictureProblem } from "../model/pictures";

export interface Pictures {
  list: ShelfPicture[];
  isUploading: boolean;
  hasReady: boolean;
  add: (files: File[]) => void;
  onPaste: (event: ClipboardEvent) => void;
}

/** The pictures that are to go with the next reply of a talk. */
export function usePictures(talk: string): Pictures {
  const { t } = useTranslation();
  const list = useSyncExternalStore(pictureShelf.subscribe, () => pictureShelf.pictures(talk));

  function refuse(message: string): void {
    notifications.show({ color: "bad", message });
  }

  function add(files: File[]): void {
    const sound = files.filter((file) => {
      const problem = pictureProblem(file);
      if (problem) refuse(t(`pictures.problem.${problem}`, { name: file.name }));
      return !problem;
    });
    const left = sound.length > 0 ? pictureShelf.add(talk, sound) : 0;
    if (left > 0) refuse(t("pictures.tooMany", { count: maxPictures }));
  }

  return {
    list,
    isUploading: list.some(({ state }) => state === "uploading"),
    hasReady: list.some(({ state }) => state === "ready"),
    add,
    onPaste: (event) => {
      const files = [...event.clipboardData.files];
      if (files.length === 0) return;
      event.preventDefault();
      add(files);
    },
  };
}
