import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { tellFailure } from "@/lib/tell-failure";
import { useMessageAct } from "../api/use-message-act";
import type { Message } from "../model/types";
import classes from "./failure-line.module.css";

/** What happened, what was kept, what to do. */
export function FailureLine({ message }: { message: Message }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const act = useMessageAct(message.id);
  const { failure } = message;
  const kept = t("message.failureKept");
  const isKeptSaid = failure?.detail?.includes(kept) ?? false;
  const words = [failure?.title ?? t("message.failure"), failure?.detail, isKeptSaid ? null : kept];
  return (
    <div className={classes.failure} role="alert">
      <span>
        {words
          .filter((part) => part)
          .map((part) => (/[.?…]$/.test(part ?? "") ? part : `${part}.`))
          .join(" ")}
      </span>
      {canWrite && (
        <Button
          variant="transparent"
          color="bad"
          size="compact-sm"
          px={0}
          loading={act.isPending}
          onClick={() => act.mutate("retry", { onError: tellFailure })}
        >
          {t("common.retry")}
        </Button>
      )}
    </div>
  );
}
