import { useTranslation } from "react-i18next";
import { isUnreached } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import type { FailedSend } from "../api/use-send-message";
import classes from "./composer.module.css";

interface Props {
  /** What was sent without a connection has not left the field. */
  isOffline: boolean;
  noteError: Error | null;
  reply: FailedSend | null;
}

/** What became of the text that did not leave. */
export function ComposerFailure({ isOffline, noteError, reply }: Props) {
  const { t } = useTranslation();

  function words(): string | null {
    if (isOffline) return t("composer.offline");
    if (noteError) return t("composer.noteFailed", { reason: errorText(noteError) });
    if (!reply) return null;
    if (!isUnreached(reply.error)) return t("composer.failed", { reason: errorText(reply.error) });
    return t(reply.hasLooked ? "composer.lost" : "composer.unknown");
  }

  const said = words();
  return (
    said && (
      <div className={classes.error} role="alert">
        {said}
      </div>
    )
  );
}
