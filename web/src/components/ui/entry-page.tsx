import type { ReactNode } from "react";
import classes from "./entry-page.module.css";
import { Logo } from "./logo";

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}

/** A page outside the app: nobody is signed in, or nothing is set up. */
export function EntryPage({ title, lead, children }: Props) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <Logo size={40} />
        <div>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}
