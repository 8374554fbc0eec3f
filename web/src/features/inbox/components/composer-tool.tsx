import { UnstyledButton, type UnstyledButtonProps } from "@mantine/core";
import type { ComponentPropsWithRef, ReactNode } from "react";
import classes from "./composer-tools.module.css";

interface Props extends UnstyledButtonProps, Omit<ComponentPropsWithRef<"button">, "style"> {
  icon: ReactNode;
  label: string;
  /** Show the label beside the icon where there is room for it. */
  isWordy?: boolean;
  /** Indigo: the agent does this. */
  isAgents?: boolean;
}

/** One button of the toolbar under the field. */
export function ComposerTool({ icon, label, isWordy, isAgents, className, ...rest }: Props) {
  return (
    <UnstyledButton
      className={`${classes.tool} ${className ?? ""}`}
      aria-label={label}
      title={label}
      data-wordy={isWordy || undefined}
      data-agents={isAgents || undefined}
      {...rest}
    >
      <span className={classes.icon}>{icon}</span>
      {isWordy && <span className={classes.label}>{label}</span>}
    </UnstyledButton>
  );
}
