import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "@/components/ui/logo";
import classes from "./app-frame.module.css";

interface Props {
  rail: ReactNode;
  workspace: string;
  search: ReactNode;
  /** The right end of the top bar. */
  account: ReactNode;
  banner: ReactNode;
  /** On a phone the content takes the whole screen. */
  isFullScreen: boolean;
  children: ReactNode;
}

export function AppFrame({
  rail,
  workspace,
  search,
  account,
  banner,
  isFullScreen,
  children,
}: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.frame} data-full-screen={isFullScreen || undefined}>
      <header className={classes.top}>
        <Link to="/inbox" className={classes.logo} aria-label={t("app.name")}>
          <Logo />
        </Link>
        {search}
        <span className={classes.spacer} />
        <span className={classes.workspace}>{workspace}</span>
        {account}
      </header>
      <nav className={classes.rail} aria-label={t("app.sections")}>
        {rail}
      </nav>
      <div className={classes.content}>
        {banner}
        {children}
      </div>
    </div>
  );
}
