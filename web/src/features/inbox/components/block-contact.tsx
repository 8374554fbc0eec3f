import { Alert, Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { useBlockContact } from "../api/use-block-contact";
import type { BlockReason, Conversation } from "../model/types";

const reasons = ["spam", "fraud", "insults", "other"] as const satisfies readonly BlockReason[];

interface Props {
  conversation: Conversation;
  isOpen: boolean;
  onClose: () => void;
}

export function BlockContact({ conversation, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<BlockReason>("spam");
  const block = useBlockContact(conversation.id);
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("talk.block.title")}>
      <Stack gap="md">
        <span>{t("talk.block.text", { name: conversation.contact.name })}</span>
        <Radio.Group
          label={t("talk.block.reason")}
          value={reason}
          onChange={(value) => setReason(value as BlockReason)}
        >
          <Stack gap="xs" mt="xs">
            {reasons.map((value) => (
              <Radio key={value} value={value} label={t(`talk.block.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {block.isError && (
          <Alert color="bad" variant="light" p="xs">
            {errorText(block.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button
            color="bad"
            loading={block.isPending}
            onClick={() => block.mutate(reason, { onSuccess: onClose })}
          >
            {t("talk.block.submit")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
