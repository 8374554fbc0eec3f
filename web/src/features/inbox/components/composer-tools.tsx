import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./composer-tools.module.css";

interface Props {
  length: number;
  /** Characters in one message of the channel. */
  limit: number;
  isNote: boolean;
  isBusy: boolean;
  isDisabled: boolean;
  onSubmit: () => void;
  /** What helps to write, from left to right: `ComposerTool`s. */
  children?: ReactNode;
  /** Beside the main button: other ways to send. */
  besideSend?: ReactNode;
}

/** The toolbar under the field. */
export function ComposerTools(props: Props) {
  const { length, limit, isNote, isBusy, isDisabled, onSubmit, children, besideSend } = props;
  const { t } = useTranslation();
  const isLong = length > limit;
  return (
    <div className={classes.bar}>
      <div className={classes.tools}>{children}</div>
      <span className={classes.length} data-long={isLong || undefined}>
        {length > 0 && !isNote && t("composer.length", { length, limit })}
      </span>
      {besideSend}
      <Button
        className={classes.send}
        title={t("composer.hint")}
        loading={isBusy}
        disabled={isDisabled}
        onClick={onSubmit}
      >
        {t(isNote ? "composer.addNote" : "composer.send")}
      </Button>
    </div>
  );
}
