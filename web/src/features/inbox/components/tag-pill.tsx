import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Tag, TagColor } from "../model/types";
import classes from "./tag-pill.module.css";

export function TagDot({ color }: { color: TagColor }) {
  return <span className={classes.dot} data-color={color} aria-hidden />;
}

interface Props {
  tag: Tag;
  /** Takes it from the talk. */
  onRemove?: () => void;
}

export function TagPill({ tag, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <span className={classes.pill}>
      <TagDot color={tag.color} />
      <span className={classes.name}>{tag.name}</span>
      {onRemove && (
        <button
          type="button"
          className={classes.remove}
          aria-label={t("tags.remove", { name: tag.name })}
          onClick={onRemove}
        >
          <IconX size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}
