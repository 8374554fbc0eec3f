import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
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
    <Modal opened={isOpen} onClose={onClose} title={t("documents.deleteTitle")}>
      <Stack gap="md">
        <span>{t("documents.deleteText", { title })}</span>
        {remove.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(remove.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            color="bad"
            loading={remove.isPending}
            onClick={() => remove.mutate(undefined, { onSuccess: deleted })}
          >
            {t("documents.delete")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
