import { Button, Group, Modal, Stack } from "@mantine/core";
import { type ShouldBlockFn, useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

interface Props {
  isUnsaved: boolean;
  title: string;
  text: string;
  /** Whether this way out takes the form off the screen; by default, every other page does. */
  leaves?: (way: Parameters<ShouldBlockFn>[0]) => boolean;
  onLeave: () => void;
}

/** Asks before a click, the back button or a closed tab throws away what is not saved. */
export function LeaveGuard({ isUnsaved, title, text, leaves = leavesPage, onLeave }: Props) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    // The session has ended there already; what was written is kept for the next login.
    shouldBlockFn: (way) => isUnsaved && way.next.pathname !== "/login" && leaves(way),
    enableBeforeUnload: () => isUnsaved,
    withResolver: true,
  });

  function leave(): void {
    onLeave();
    blocker.proceed?.();
  }

  return (
    <Modal opened={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={title}>
      <Stack gap="md">
        <span>{text}</span>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={leave}>
            {t("unsaved.leave")}
          </Button>
          <Button data-autofocus onClick={() => blocker.reset?.()}>
            {t("unsaved.stay")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function leavesPage({ current, next }: Parameters<ShouldBlockFn>[0]): boolean {
  return current.pathname !== next.pathname;
}
