import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { ConfirmWindow } from "@/components/ui/confirm-window";
import { useDeleteDocument } from "../api/queries";

interface Props {
  id: string;
  title: string;
  isOpen: boolean;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteDocument({ id, title, isOpen, onClose, onDeleted }: Props) {
  const { t } = useTranslation();
  const remove = useDeleteDocument(id);

  function deleted(): void {
    notifications.show({ message: t("documents.deleted", { title }) });
    onDeleted();
  }

  return (
    <ConfirmWindow
      isOpen={isOpen}
      title={t("documents.deleteTitle")}
      text={t("documents.deleteText", { title })}
      submit={t("documents.delete")}
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(undefined, { onSuccess: deleted })}
      onClose={onClose}
    />
  );
}
