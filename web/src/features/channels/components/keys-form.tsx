import { Alert, Button, Group, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { KeysPageText } from "@/components/ui/keys-page-text";
import { errorText } from "@/lib/error-text";
import type { AccountKeys } from "../api/queries";

interface Props {
  text: string;
  submitLabel: string;
  isPending: boolean;
  error: Error | null;
  onSubmit: (keys: AccountKeys) => void;
  onClose: () => void;
}

/** The two keys of an account, as the channel's own page names them. */
export function KeysForm({ text, submitLabel, isPending, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation();
  const [clientId, setClientId] = useState("");
  const [secret, setSecret] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (clientId.trim() === "" || secret.trim() === "") return;
    onSubmit({ client_id: clientId.trim(), client_secret: secret.trim() });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <span>
          <KeysPageText text={text} />
        </span>
        {error && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            <KeysPageText text={errorText(error)} />
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
          <Button type="submit" loading={isPending}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
