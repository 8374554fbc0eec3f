import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useAddAccount } from "../api/queries";
import { KeysForm } from "./keys-form";

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
  return (
    <KeysForm
      text={t("accounts.connectText")}
      submitLabel={t("accounts.submit")}
      isPending={add.isPending}
      error={add.error}
      onClose={onClose}
      onSubmit={(keys) =>
        add.mutate(
          { kind: "avito", name: "", ...keys },
          {
            onSuccess: () => {
              notifications.show({ message: t("accounts.connected") });
              onClose();
            },
          },
        )
      }
    />
  );
}
