import { Center, Loader, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMoodSmile } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { ComposerTool } from "./composer-tool";

const EmojiPanel = lazy(async () => ({ default: (await import("./emoji-panel")).EmojiPanel }));

interface Props {
  isDisabled: boolean;
  onPick: (emoji: string) => void;
}

export function EmojiTool({ isDisabled, onPick }: Props) {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  return (
    <Popover
      opened={isOpen}
      onChange={close}
      position="top-start"
      shadow="md"
      withinPortal
      returnFocus
    >
      <Popover.Target>
        <ComposerTool
          icon={<IconMoodSmile size={18} stroke={1.6} aria-hidden />}
          label={t("emoji.open")}
          disabled={isDisabled}
          onClick={toggle}
        />
      </Popover.Target>
      <Popover.Dropdown p={4} aria-label={t("emoji.open")}>
        <Suspense
          fallback={
            <Center w={320} h={340}>
              <Loader size="sm" aria-label={t("emoji.loading")} />
            </Center>
          }
        >
          <EmojiPanel
            onPick={(emoji) => {
              close();
              onPick(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
