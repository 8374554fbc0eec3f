import { Button, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeScheduled } from "../api/scheduled";
import type { Scheduled } from "../model/types";
import { LaterChoices } from "./later-tool";

interface Props {
  /** Null: none is changed. */
  scheduled: Scheduled | null;
  onClose: () => void;
}

/** Other words or another time for a reply that waits. */
export function ScheduledChange({ scheduled, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={scheduled !== null} onClose={onClose} size="sm" title={t("later.changeTitle")}>
      {scheduled && <Fields key={scheduled.id} scheduled={scheduled} onClose={onClose} />}
    </Modal>
  );
}

function Fields({ scheduled, onClose }: { scheduled: Scheduled; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeScheduled(scheduled.conversation_id);
  const [text, setText] = useState(scheduled.text);
  const isEmpty = text.trim() === "";

  function save(sendAt: Date | null): void {
    if (!isEmpty) change.mutate({ id: scheduled.id, text, sendAt }, { onSuccess: onClose });
  }

  return (
    <Stack gap="sm">
      <Textarea
        label={t("later.text")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={isEmpty && t("later.empty")}
        data-autofocus
      />
      <Button
        disabled={isEmpty || text === scheduled.text}
        loading={change.isPending}
        onClick={() => save(null)}
      >
        {t("later.saveText")}
      </Button>
      <LaterChoices onPick={save} />
    </Stack>
  );
}
