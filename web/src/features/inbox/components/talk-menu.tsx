import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBan, IconCommand, IconDots, IconKeyboard } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { KeyHint } from "@/components/ui/key-hint";
import { useIsPhone } from "@/lib/viewport";
import { type Command, commandLabels } from "../model/command";
import { keyOf } from "../model/keys";
import type { Conversation } from "../model/types";
import { useActs } from "./acts-context";
import { BlockContact } from "./block-contact";
import { commandIcons } from "./command-icons";
import classes from "./talk-menu.module.css";

interface Props {
  conversation: Conversation;
  /** What has no button of its own beside the menu. */
  commands: Command[];
  onCommand: (command: Command) => void;
}

export function TalkMenu({ conversation, commands, onCommand }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isBlocking, block] = useDisclosure(false);
  const acts = useActs();

  return (
    <>
      <Menu position="bottom-end" width={270} classNames={{ item: classes.item }}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={isPhone ? 44 : 32}
            aria-label={t("talk.act.more")}
          >
            <IconDots size={20} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {commands.map((command) => {
            const Icon = commandIcons[command];
            return (
              <Menu.Item
                key={command}
                leftSection={<Icon size={18} aria-hidden />}
                rightSection={!isPhone && <KeyHint of={keyOf(command)} />}
                onClick={() => onCommand(command)}
              >
                {t(commandLabels[command])}
              </Menu.Item>
            );
          })}
          {!conversation.contact.is_blocked && (
            <Menu.Item
              color="bad"
              leftSection={<IconBan size={18} aria-hidden />}
              onClick={block.open}
            >
              {t("talk.act.block")}
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconCommand size={18} aria-hidden />}
            rightSection={!isPhone && <KeyHint of="Ctrl K" />}
            onClick={acts.openPalette}
          >
            {t("palette.open")}
          </Menu.Item>
          {!isPhone && (
            <Menu.Item
              leftSection={<IconKeyboard size={18} aria-hidden />}
              rightSection={<KeyHint of="?" />}
              onClick={acts.showKeys}
            >
              {t("window.keys")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <BlockContact conversation={conversation} isOpen={isBlocking} onClose={block.close} />
    </>
  );
}
