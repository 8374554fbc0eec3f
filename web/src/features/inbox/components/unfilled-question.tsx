import { Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** The variables that still stand in the text; none: the question is not asked. */
  names: string[];
  onBack: () => void;
  onSend: () => void;
  /** The window has gone, and with it what kept the focus inside. */
  onClosed: () => void;
}

/** Asked before a text leaves in which a template's variable was not filled. */
export function UnfilledQuestion({ names, onBack, onSend, onClosed }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={names.length > 0}
      onClose={onBack}
      onExitTransitionEnd={onClosed}
      returnFocus={false}
      title={t("templates.unfilledTitle")}
    >
      <Stack gap="md">
        <span>{t("templates.unfilledText", { names: names.join(", ") })}</span>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onSend}>
            {t("templates.sendAnyway")}
          </Button>
          <Button data-autofocus onClick={onBack}>
            {t("templates.fillIn")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
