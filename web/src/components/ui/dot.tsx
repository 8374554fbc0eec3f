import classes from "./dot.module.css";

export type DotKind = "person" | "bot" | "waiting" | "bad" | "unknown";

/** The colour of who it stands for: green a person, indigo the bot, amber waiting, grey not known. */
export function Dot({ of }: { of: DotKind }) {
  return <span className={classes.dot} data-of={of} aria-hidden />;
}
