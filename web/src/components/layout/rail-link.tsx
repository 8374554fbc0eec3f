import { Tooltip } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import classes from "./rail-link.module.css";

interface Props {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  icon: ReactNode;
  count?: number;
}

export function RailLink({ to, label, icon, count = 0 }: Props) {
  return (
    <Tooltip label={label} position="right">
      <Link
        to={to}
        className={classes.link}
        activeProps={{ className: classes.active }}
        aria-label={count > 0 ? `${label}, ${count}` : label}
      >
        {icon}
        {count > 0 && <span className={classes.count}>{count > 99 ? "99+" : count}</span>}
        <span className={classes.label} aria-hidden>
          {label}
        </span>
      </Link>
    </Tooltip>
  );
}
