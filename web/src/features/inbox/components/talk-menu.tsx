import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconArchive,
  IconArrowBackUp,
  IconBan,
  IconDots,
  IconHandStop,
  IconPin,
  IconPinnedOff,
  IconRobot,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useIsPhone } from "@/lib/viewport";
import { type Act, actLabels, type MainAct } from "../model/talk-acts";
import type { Conversation } from "../model/types";
import { BlockContact } from "./block-contact";

const icons = {
  "take-over": IconHandStop,
  "return-to-bot": IconRobot,
  close: IconArchive,
  reopen: IconArrowBackUp,
} as const;

interface Props {
  conversation: Conversation;
  /** What has no button of its own beside the menu. */
  acts: MainAct[];
  onAct: (act: Act) => void;
}

export function TalkMenu({ conversation, acts, onAct }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isBlocking, block] = useDisclosure(false);
  const isPinned = conversation.is_pinned;
  const Pin = isPinned ? IconPinnedOff : IconPin;

  return (
    <>
      <Menu position="bottom-end" width={240}>
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
          {acts.map((name) => {
            const Icon = icons[name];
            return (
              <Menu.Item
                key={name}
                leftSection={<Icon size={18} aria-hidden />}
                onClick={() => onAct(name)}
              >
                {t(actLabels[name])}
              </Menu.Item>
            );
          })}
          <Menu.Item
            leftSection={<Pin size={18} aria-hidden />}
            onClick={() => onAct(isPinned ? "unpin" : "pin")}
          >
            {t(isPinned ? "talk.act.unpin" : "talk.act.pin")}
          </Menu.Item>
          {!conversation.contact.is_blocked && (
            <Menu.Item
              color="bad"
              leftSection={<IconBan size={18} aria-hidden />}
              onClick={block.open}
            >
              {t("talk.act.block")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <BlockContact conversation={conversation} isOpen={isBlocking} onClose={block.close} />
    </>
  );
}
