import { Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { type ChannelAccount, useReplaceKeys } from "../api/queries";
import { KeysForm } from "./keys-form";

interface Props {
  account: ChannelAccount;
  isOpen: boolean;
  onClose: () => void;
}

export function ReplaceKeys({ account, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("accounts.keysTitle", { name: account.name })}
    >
      <ReplaceForm account={account} onClose={onClose} />
    </Modal>
  );
}

function ReplaceForm({ account, onClose }: Omit<Props, "isOpen">) {
  const { t } = useTranslation();
  const replace = useReplaceKeys(account.id);
  return (
    <KeysForm
      text={t("accounts.keysText")}
      submitLabel={t("accounts.keysSubmit")}
      isPending={replace.isPending}
      error={replace.error}
      onClose={onClose}
      onSubmit={(keys) =>
        replace.mutate(keys, {
          onSuccess: () => {
            notifications.show({ message: t("accounts.keysReplaced") });
            onClose();
          },
        })
      }
    />
  );
}
