import { EmptyState } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  title: string;
  text: string;
  /** The next step. */
  children?: ReactNode;
}

/** What stands in place of content: nothing yet, or a failure; says what to do. */
export function StateMessage({ icon, title, text, children }: Props) {
  return (
    <EmptyState icon={icon} title={title} description={text} size="sm" px="lg" py={40} m="auto">
      {children && <EmptyState.Actions>{children}</EmptyState.Actions>}
    </EmptyState>
  );
}
