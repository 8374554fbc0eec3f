import { Loader } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KeysPageText } from "@/components/ui/keys-page-text";
import type { Check, CheckName, CheckState } from "../model/checks";
import classes from "./setup.module.css";

const icons: Record<CheckState, ReactNode> = {
  idle: <IconCircleDashed size={20} aria-hidden />,
  running: <Loader size={18} aria-hidden />,
  passed: <IconCircleCheck size={20} aria-hidden />,
  warned: <IconAlertTriangle size={20} aria-hidden />,
  failed: <IconCircleX size={20} aria-hidden />,
};

interface Props {
  checks: readonly Check[];
  /** More on a check: whose account was found, what to do now. */
  notes: Partial<Record<CheckName, ReactNode>>;
}

/** Each step to a connected account with how it fared. */
export function CheckList({ checks, notes }: Props) {
  const { t } = useTranslation();
  return (
    <ol className={classes.checks} aria-label={t("setup.checks")} aria-live="polite">
      {checks.map(({ name, state, problem }) => (
        <li key={name} className={classes.check} data-check={name} data-state={state}>
          {icons[state]}
          <span className={classes.words}>
            <span>{t(`setup.check.${name}`)}</span>
            {problem && <span className={classes.bad}>{problem.title}</span>}
            {problem?.wayOut && (
              <span className={classes.way}>
                <KeysPageText text={problem.wayOut} />
              </span>
            )}
            {notes[name] && <span className={classes.way}>{notes[name]}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
