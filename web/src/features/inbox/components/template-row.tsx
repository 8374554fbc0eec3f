import { ActionIcon, UnstyledButton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "@/lib/tell-failure";
import { useDeleteTemplate, useSaveTemplate } from "../api/templates";
import type { Template } from "../model/types";
import classes from "./templates.module.css";
import { notifyWithUndo } from "./undo-notice";

interface Props {
  template: Template;
  /** Null for who may only use it. */
  onEdit: (() => void) | null;
}

export function TemplateRow({ template, onEdit }: Props) {
  const { t } = useTranslation();
  const remove = useDeleteTemplate();
  const restore = useSaveTemplate(null);
  const { id, shortcut, title, text } = template;

  // Not at this call alone: the row is gone when its act is answered.
  async function removeWithUndo(): Promise<void> {
    try {
      await remove.mutateAsync(id);
    } catch (error) {
      tellFailure(error);
      return;
    }
    notifyWithUndo({
      id: `template-${id}`,
      text: t("templates.deleted", { title }),
      undoLabel: t("templates.undo"),
      undo: () => void restore.mutateAsync({ shortcut, title, text }).catch(tellFailure),
    });
  }

  const words = (
    <>
      <span className={classes.line}>
        <span className={classes.title}>{title}</span>
        <span className={classes.shortcut}>/{shortcut}</span>
      </span>
      <span className={classes.text}>{text}</span>
    </>
  );
  return (
    <li className={classes.row}>
      {onEdit ? (
        <>
          <UnstyledButton className={classes.words} onClick={onEdit}>
            {words}
          </UnstyledButton>
          <ActionIcon
            variant="subtle"
            color="gray"
            className={classes.remove}
            aria-label={t("templates.delete", { title })}
            loading={remove.isPending}
            onClick={() => void removeWithUndo()}
          >
            <IconTrash size={18} stroke={1.6} aria-hidden />
          </ActionIcon>
        </>
      ) : (
        <span className={classes.words}>{words}</span>
      )}
    </li>
  );
}
