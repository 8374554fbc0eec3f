import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConfirmWindow } from "@/components/ui/confirm-window";
import { tagUsesQuery, useDeleteTag } from "../api/tags";
import type { Tag } from "../model/types";

export function DeleteTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: uses } = useQuery(tagUsesQuery());
  const remove = useDeleteTag();
  const { name } = tag;

  function deleted(): void {
    notifications.show({ message: t("tags.deleted", { name }) });
    onClose();
  }

  return (
    <ConfirmWindow
      isOpen
      title={t("tags.deleteTitle")}
      text={t("tags.deleteText", { name, count: uses?.get(tag.id) ?? 0 })}
      submit={t("tags.deleteSubmit")}
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(tag.id, { onSuccess: deleted })}
      onClose={onClose}
    />
  );
}
