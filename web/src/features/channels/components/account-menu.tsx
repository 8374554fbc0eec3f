import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDots, IconHistory, IconKey, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { tellFailure } from "@/lib/tell-failure";
import { type ChannelAccount, useAccountAct } from "../api/queries";
import { RenameAccount } from "./rename-account";
import { ReplaceKeys } from "./replace-keys";

/** What is done with an account seldom. */
export function AccountMenu({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation();
  const resync = useAccountAct(account.id, "resync");
  const [isRenaming, rename] = useDisclosure(false);
  const [isReplacing, replace] = useDisclosure(false);
  const isLive = account.state === "connected" || account.state === "attention";

  function readHistory(): void {
    resync.mutate(undefined, {
      onSuccess: () => notifications.show({ message: t("accounts.resyncing") }),
      onError: tellFailure,
    });
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("accounts.more", { name: account.name })}
          >
            <IconDots size={19} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={rename.open}>
            {t("accounts.rename")}
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={replace.open}>
            {t("accounts.keys")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconHistory size={16} aria-hidden />}
            disabled={!isLive}
            onClick={readHistory}
          >
            {t("accounts.resync")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RenameAccount account={account} isOpen={isRenaming} onClose={rename.close} />
      <ReplaceKeys account={account} isOpen={isReplacing} onClose={replace.close} />
    </>
  );
}
