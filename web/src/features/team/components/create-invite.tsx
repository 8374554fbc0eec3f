import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCopy } from "@/lib/copy-text";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatDate } from "@/lib/format";
import { looksLikeEmail } from "@/lib/password-rules";
import type { Role } from "@/lib/roles";
import { type InviteCreated, useCreateInvite } from "../api/queries";
import { grantableRoles } from "../model/access";

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

export function CreateInvite({ isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("team.inviteTitle")}>
      <InviteSteps onClose={onClose} />
    </Modal>
  );
}

function InviteSteps({ onClose }: { onClose: () => void }) {
  const create = useCreateInvite();
  return create.data ? (
    <InviteLink invite={create.data} onClose={onClose} />
  ) : (
    <InviteForm create={create} onClose={onClose} />
  );
}

interface FormProps {
  create: ReturnType<typeof useCreateInvite>;
  onClose: () => void;
}

function InviteForm({ create, onClose }: FormProps) {
  const { t } = useTranslation();
  const { role: own } = useMe();
  const [role, setRole] = useState<Role>("manager");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const isEmailWrong = email.trim() !== "" && !looksLikeEmail(email);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (isEmailWrong) return;
    create.mutate({ role, name: name.trim(), email: email.trim() || null });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <span>{t("team.inviteText")}</span>
        {create.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(create.error)}
          </Alert>
        )}
        <NativeSelect
          label={t("team.role")}
          description={t(`team.may.${role}`)}
          inputWrapperOrder={["label", "input", "description"]}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={grantableRoles(own).map((each) => ({
            value: each,
            label: t(`user.role.${each}`),
          }))}
          data-autofocus
        />
        <TextInput
          label={t("team.name")}
          autoComplete="off"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("team.email")}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={wasSubmitted && isEmailWrong && t("password.wrongEmail")}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t("team.makeLink")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function InviteLink({ invite, onClose }: { invite: InviteCreated; onClose: () => void }) {
  const { t } = useTranslation();
  const { isCopied, copy } = useCopy(invite.url, 4000);
  return (
    <Stack gap="md">
      <span>{t("team.linkText", { date: formatDate(invite.expires_at) })}</span>
      <TextInput
        label={t("team.link")}
        readOnly
        value={invite.url}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t("common.close")}
        </Button>
        <Button
          data-autofocus
          leftSection={
            isCopied ? <IconCheck size={17} aria-hidden /> : <IconCopy size={17} aria-hidden />
          }
          onClick={copy}
        >
          {t(isCopied ? "team.copied" : "team.copy")}
        </Button>
      </Group>
    </Stack>
  );
}
