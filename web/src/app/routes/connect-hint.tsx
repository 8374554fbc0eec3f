import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { accountsQuery } from "@/features/channels/api/queries";
import { useCanSetUp } from "@/lib/current-user";
import classes from "./connect-hint.module.css";

/** Where the inbox stays empty for want of an account: the way back to the wizard. */
export function ConnectHint() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const { data: accounts } = useQuery(accountsQuery());
  if (!canSetUp || accounts?.length !== 0) return null;
  return (
    <p className={classes.hint}>
      {t("setup.hint")}
      <Link to="/setup" search={{ step: "channel" }} className={classes.connect}>
        {t("setup.hintAct")}
      </Link>
    </p>
  );
}
