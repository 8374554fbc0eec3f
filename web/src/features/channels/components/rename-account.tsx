import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { type ChannelAccount, useUpdateAccount } from "../api/queries";

interface Props {
  account: ChannelAccount;
  isOpen: boolean;
  onClose: () => void;
}

export function RenameAccount({ account, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("accounts.renameTitle")}>
      <RenameForm account={account} onClose={onClose} />
    </Modal>
  );
}

function RenameForm({ account, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const update = useUpdateAccount(account.id);
  const [name, setName] = useState(account.name);
  const isBlank = name.trim() === "";

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isBlank) update.mutate({ name: name.trim() }, { onSuccess: onClose });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {update.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(update.error)}
          </Alert>
        )}
        <TextInput
          label={t("accounts.name")}
          description={t("accounts.nameHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          data-autofocus
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isBlank && t("accounts.fill")}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={update.isPending}>
            {t("unsaved.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
