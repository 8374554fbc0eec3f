import type { ReactNode, Ref } from "react";
import classes from "./pane-head.module.css";

interface Props {
  title: string;
  /** A quiet word beside the title: how many there are. */
  note?: string | undefined;
  /** The way back, before the title. */
  back?: ReactNode;
  /** Where a screen reader and the keyboard go on after a click that opened this pane. */
  headingRef?: Ref<HTMLHeadingElement> | undefined;
  /** What can be done with the whole, at the right end. */
  children?: ReactNode;
}

/** The head of a pane that scrolls below it. */
export function PaneHead({ title, note, back, headingRef, children }: Props) {
  return (
    <div className={classes.head}>
      {back}
      <h2 className={classes.title} ref={headingRef} tabIndex={-1}>
        {title}
      </h2>
      {note && <span className={classes.note}>{note}</span>}
      <span className={classes.spacer} />
      {children}
    </div>
  );
}
