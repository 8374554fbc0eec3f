import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatNumber, formatWaiting } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import type { ChannelAccount } from "../api/queries";
import classes from "./account-facts.module.css";

/** When the channel was last heard of, and by which way. */
export function AccountFacts({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation();
  const now = useMinute();
  const { sync_done: done, sync_total: total, recovered_count: recovered } = account;

  function ago(moment: string | null): string {
    if (moment === null) return t("accounts.notYet");
    const isNow = now.getTime() - Date.parse(moment) < 60_000;
    return isNow ? t("accounts.justNow") : t("accounts.ago", { time: formatWaiting(moment, now) });
  }

  const isReading = account.synced_at === null || (total !== null && done < total);
  const isHooked = account.webhook_subscribed_at !== null;
  const sweep = [
    ago(account.last_sweep_at),
    ...(recovered > 0 ? [t("accounts.recovered", { count: recovered })] : []),
  ];
  return (
    <dl className={classes.facts}>
      <dt>{t("accounts.hook")}</dt>
      <dd>{t(isHooked ? "accounts.hookOn" : "accounts.hookOff")}</dd>
      <dt>{t("accounts.lastWebhook")}</dt>
      <dd>{ago(account.last_webhook_at)}</dd>
      <dt>{t("accounts.lastSweep")}</dt>
      <dd>{sweep.join(", ")}</dd>
      {isReading && account.state !== "disconnected" && (
        <>
          <dt>{t("accounts.history")}</dt>
          <dd>
            {total === null
              ? t("accounts.syncing", { done: formatNumber(done) })
              : t("accounts.synced", { done: formatNumber(done), total: formatNumber(total) })}
            <Progress
              className={classes.progress}
              value={total ? (done / total) * 100 : 0}
              aria-label={t("accounts.history")}
            />
          </dd>
        </>
      )}
    </dl>
  );
}
