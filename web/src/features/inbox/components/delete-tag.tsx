import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
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
    <Modal opened onClose={onClose} title={t("tags.deleteTitle")}>
      <Stack gap="md">
        <span>{t("tags.deleteText", { name, count: uses?.get(tag.id) ?? 0 })}</span>
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
            onClick={() => remove.mutate(tag.id, { onSuccess: deleted })}
          >
            {t("tags.deleteSubmit")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
