import { Alert, Button, Group, Modal, PasswordInput, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { useAddAccount } from "../api/queries";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function ConnectAccount({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("accounts.connectTitle")}>
      <ConnectForm onClose={onClose} />
    </Modal>
  );
}

function ConnectForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const add = useAddAccount();
  const [clientId, setClientId] = useState("");
  const [secret, setSecret] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (clientId.trim() === "" || secret.trim() === "") return;
    add.mutate(
      { kind: "avito", name: "", client_id: clientId.trim(), client_secret: secret.trim() },
      {
        onSuccess: () => {
          notifications.show({ message: t("accounts.connected") });
          onClose();
        },
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <span>{t("accounts.connectText")}</span>
        {add.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(add.error)}
          </Alert>
        )}
        <TextInput
          label={t("accounts.clientId")}
          autoComplete="off"
          data-autofocus
          value={clientId}
          onChange={(event) => setClientId(event.currentTarget.value)}
          error={wasSubmitted && clientId.trim() === "" && t("accounts.fill")}
        />
        <PasswordInput
          label={t("accounts.clientSecret")}
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          error={wasSubmitted && secret.trim() === "" && t("accounts.fill")}
          visibilityToggleButtonProps={{ "aria-label": t("login.showPassword") }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("accounts.submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
