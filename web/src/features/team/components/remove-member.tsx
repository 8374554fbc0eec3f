import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { type Member, useRemoveMember } from "../api/queries";

interface Props {
  member: Member;
  isOpen: boolean;
  onClose: () => void;
}

export function RemoveMember({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const remove = useRemoveMember(member.id);
  const { name } = member;

  function removed(): void {
    notifications.show({ message: t("team.removed", { name }) });
    onClose();
  }

  return (
    <Modal opened={isOpen} onClose={onClose} title={t("team.removeTitle", { name })}>
      <Stack gap="md">
        <span>{t("team.removeText")}</span>
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
            onClick={() => remove.mutate(undefined, { onSuccess: removed })}
          >
            {t("team.removeShort")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
