import type { ReactNode } from "react";
import classes from "./details-panel.module.css";

interface Props {
  title: string;
  children: ReactNode;
}

export function DetailsSection({ title, children }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  );
}
