import { Box } from "@mantine/core";
import type { ReactNode } from "react";
import { PaneHead } from "./pane-head";
import classes from "./settings-pane.module.css";

interface Props {
  title: string;
  note?: string | undefined;
  /** What can be done with the whole, at the right end of the head. */
  acts?: ReactNode;
  children: ReactNode;
}

/** A page of the settings: its head, and below it what scrolls. */
export function SettingsPane({ title, note, acts, children }: Props) {
  return (
    <main className={classes.pane}>
      <PaneHead title={title} note={note}>
        {acts}
      </PaneHead>
      {/* A page may hold nothing to focus, and is scrolled by the keys all the same. */}
      <Box className={classes.body} tabIndex={0}>
        <div className={classes.column}>{children}</div>
      </Box>
    </main>
  );
}

interface BlockProps {
  title: string;
  text?: string | undefined;
  children: ReactNode;
}

/** A part of a page of the settings, apart by a hairline. */
export function SettingsBlock({ title, text, children }: BlockProps) {
  return (
    <section className={classes.block} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {text && <p className={classes.text}>{text}</p>}
      {children}
    </section>
  );
}
