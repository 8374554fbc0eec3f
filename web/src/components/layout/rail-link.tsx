import { Tooltip, VisuallyHidden } from "@mantine/core";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useIsPhone } from "@/lib/viewport";
import classes from "./rail-link.module.css";

interface Props {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  icon: ReactNode;
  count?: number;
}

export function RailLink({ to, label, icon, count = 0 }: Props) {
  // A tab says its name itself, and a finger that leaves it does not take a tooltip away.
  const isPhone = useIsPhone();
  return (
    <Tooltip label={label} position="right" disabled={isPhone}>
      <Link to={to} className={classes.link} activeProps={{ className: classes.active }}>
        {icon}
        <span className={classes.label}>{label}</span>
        {count > 0 && (
          <span className={classes.count}>
            <VisuallyHidden>, </VisuallyHidden>
            {count > 99 ? "99+" : count}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
