import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowBackUp, IconCopy, IconDotsVertical } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { copyText } from "@/lib/copy-text";
import { useCanWrite } from "@/lib/current-user";
import { useMinute } from "@/lib/minute-clock";
import { tellFailure } from "@/lib/tell-failure";
import { useMessageAct } from "../api/use-message-act";
import type { Message } from "../model/types";
import classes from "./message-menu.module.css";

export function MessageMenu({ message }: { message: Message }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const now = useMinute();
  const act = useMessageAct(message.id);
  const { recall_until: until, text } = message;
  const canRecall = canWrite && until !== null && Date.parse(until) > now.getTime();
  const canCopy = text !== "";
  if (!canRecall && !canCopy) return null;

  function recall(): void {
    act.mutate("recall", { onError: tellFailure });
  }

  return (
    <Menu position="bottom" width={210}>
      <Menu.Target>
        <ActionIcon
          className={classes.dots}
          data-recall={canRecall || undefined}
          variant="subtle"
          color="gray"
          size={28}
          loading={act.isPending}
          aria-label={t("message.menu")}
        >
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {canCopy && (
          <Menu.Item
            leftSection={<IconCopy size={16} aria-hidden />}
            onClick={() => void copyText(text)}
          >
            {t("message.copy")}
          </Menu.Item>
        )}
        {canRecall && (
          <Menu.Item
            color="bad"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={recall}
          >
            {t("message.recall")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
