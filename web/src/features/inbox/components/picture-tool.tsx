import { FileButton } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { pictureTypes } from "../model/pictures";
import { ComposerTool } from "./composer-tool";

interface Props {
  isDisabled: boolean;
  onPick: (files: File[]) => void;
}

/** On a phone it offers the camera as well as the gallery. */
export function PictureTool({ isDisabled, onPick }: Props) {
  const { t } = useTranslation();
  const reset = useRef<() => void>(null);

  function pick(files: File[]): void {
    if (files.length > 0) onPick(files);
    reset.current?.(); // or the same file could not be picked again
  }

  return (
    <FileButton
      multiple
      accept={pictureTypes.join(",")}
      resetRef={reset}
      disabled={isDisabled}
      inputProps={{ "aria-label": t("pictures.add"), tabIndex: -1 }}
      onChange={pick}
    >
      {(props) => (
        <ComposerTool
          {...props}
          icon={<IconPhoto size={18} stroke={1.6} aria-hidden />}
          label={t("pictures.add")}
          disabled={isDisabled}
        />
      )}
    </FileButton>
  );
}
