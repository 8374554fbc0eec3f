import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";

interface Props {
  isOpen: boolean;
  title: string;
  text: string;
  /** What the button does that cannot be undone. */
  submit: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: () => void;
  onClose: () => void;
}

/** Asked before something goes for good; Enter leaves it as it is. */
export function ConfirmWindow(props: Props) {
  const { isOpen, title, text, submit, isBusy, error, onSubmit, onClose } = props;
  const { t } = useTranslation();
  return (
    <Modal opened={isOpen} onClose={onClose} title={title}>
      <Stack gap="md">
        <span>{text}</span>
        {error && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button color="bad" loading={isBusy} onClick={onSubmit}>
            {submit}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
