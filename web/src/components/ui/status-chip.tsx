import { UnstyledButton, type UnstyledButtonProps } from "@mantine/core";
import type { ComponentProps } from "react";
import { Dot, type DotKind } from "./dot";
import classes from "./status-chip.module.css";

interface Props
  extends UnstyledButtonProps,
    Omit<ComponentProps<"button">, keyof UnstyledButtonProps> {
  of: DotKind;
  text: string;
}

/** A state in the top bar; more when pressed. On a phone only its dot. */
export function StatusChip({ of, text, ...button }: Props) {
  return (
    <UnstyledButton {...button} className={classes.chip} data-of={of}>
      <Dot of={of} />
      <span className={classes.words}>{text}</span>
    </UnstyledButton>
  );
}
