import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { useCancelMessage } from "../api/use-cancel-message";
import { useServerTime } from "../hooks/use-server-time";
import { heldSeconds } from "../model/held";
import type { Message } from "../model/types";
import classes from "./held-line.module.css";

/** In the place of a held reply's status: how long it waits, and the way to take it back. */
export function HeldLine({ message }: { message: Message }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const cancel = useCancelMessage(message.conversation_id);
  const seconds = heldSeconds(message, useServerTime(message.held_until !== null));
  const isLeaving = seconds === 0;
  return (
    <div className={classes.line}>
      <span className={classes.time}>
        {t(isLeaving ? "message.status.queued" : "message.held", { seconds })}
      </span>
      {canWrite && !isLeaving && (
        <UnstyledButton
          className={classes.cancel}
          disabled={cancel.isPending || cancel.isSuccess}
          title={t("message.heldHint")}
          onClick={() => cancel.mutate(message.id)}
        >
          {t("message.cancel")}
        </UnstyledButton>
      )}
    </div>
  );
}
