import { useTranslation } from "react-i18next";
import { formatWaiting } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import type { Diagnostics } from "../api/queries";
import classes from "./diagnostics.module.css";

/** When each account was last heard of. */
export function PulseTable({ accounts }: { accounts: Diagnostics["accounts"] }) {
  const { t } = useTranslation();
  const now = useMinute();

  function ago(moment: string | null): string {
    if (moment === null) return t("accounts.notYet");
    if (now.getTime() - Date.parse(moment) < 60_000) return t("accounts.justNow");
    return t("accounts.ago", { time: formatWaiting(moment, now) });
  }

  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t("diagnostics.account")}</th>
          <th>{t("accounts.lastWebhook")}</th>
          <th>{t("accounts.lastSweep")}</th>
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <td>{account.name}</td>
            <td>{ago(account.last_webhook_at)}</td>
            <td>{ago(account.last_sweep_at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
