import { Button, CloseButton, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ReceiptLine } from "@/components/ui/receipt-line";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { reasonText } from "@/lib/handover-reason";
import type { Suggestion } from "../hooks/use-suggestion";
import type { Thought } from "../model/types";
import classes from "./suggestion-line.module.css";

interface Props {
  suggestion: Suggestion;
  /** Nothing is left of the suggested text. */
  isGone: boolean;
}

/** Under the field: what the agent thinks, thought, or would leave to a person. */
export function SuggestionLine({ suggestion, isGone }: Props) {
  const { t } = useTranslation();
  const { isThinking, thought, error, replaced, offered, cancel, giveBack, insert, close } =
    suggestion;
  if (isThinking) {
    return (
      <div className={classes.line} role="status">
        <Loader size={14} color="bot" aria-hidden />
        <span>{t("suggestion.thinking")}</span>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={cancel}>
          {t("suggestion.cancel")}
        </Button>
      </div>
    );
  }
  if (error) {
    return (
      <div className={classes.line} data-bad role="alert">
        <span className={classes.words}>{t("suggestion.failed", { reason: wordsOf(error) })}</span>
        <CloseButton size="sm" iconSize={16} aria-label={t("suggestion.close")} onClick={close} />
      </div>
    );
  }
  if (offered !== null) {
    return (
      <div className={classes.line} role="status">
        <span className={`${classes.words} ${classes.offered}`}>{offered}</span>
        <Button variant="subtle" size="compact-sm" onClick={insert}>
          {t("suggestion.insert")}
        </Button>
        <CloseButton size="sm" iconSize={16} aria-label={t("suggestion.close")} onClick={close} />
      </div>
    );
  }
  if (!thought || (thought.text != null && isGone)) return null;
  if (thought.text == null) {
    return (
      <div className={classes.line} data-waiting role="status">
        <span className={classes.words}>
          {t(thought.notice ? "suggestion.wouldHandOver" : "suggestion.noAnswer", {
            reason: reasonOf(thought),
          })}
        </span>
        <CloseButton size="sm" iconSize={16} aria-label={t("suggestion.close")} onClick={close} />
      </div>
    );
  }
  return (
    <div className={classes.line}>
      <ReceiptLine receipt={thought.receipt} />
      {replaced !== null && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={giveBack}>
          {t("suggestion.giveBack")}
        </Button>
      )}
    </div>
  );

  function reasonOf({ reason }: Thought): string {
    return reasonText(reason?.code) ?? reason?.title ?? "";
  }

  function wordsOf(problem: Error): string {
    const code = problem instanceof ApiError ? problem.problem.code : "";
    return code === "no_answer_in_time" ? t("suggestion.tooSlow") : errorText(problem);
  }
}
