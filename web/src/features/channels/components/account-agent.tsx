import { Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { type ChannelAccount, useUpdateAccount } from "../api/queries";
import classes from "./account-card.module.css";

/** Whether the assistant answers in this account. */
export function AccountAgent({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const update = useUpdateAccount(account.id);
  const isOn = update.isPending ? update.variables.agent_enabled === true : account.agent_enabled;
  if (!canSetUp) {
    return <p className={classes.fact}>{t(isOn ? "accounts.agentOn" : "accounts.agentOff")}</p>;
  }
  return (
    <>
      <Switch
        className={classes.agent}
        color="bot"
        label={t("accounts.agent")}
        aria-label={t("accounts.agentIn", { name: account.name })}
        checked={isOn}
        // Not disabled: that would take the focus away.
        aria-busy={update.isPending}
        onChange={({ currentTarget }) => {
          if (!update.isPending) update.mutate({ agent_enabled: currentTarget.checked });
        }}
      />
      {update.isError && <p className={classes.problem}>{errorText(update.error)}</p>}
    </>
  );
}
