import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import { errorText } from "@/lib/error-text";
import { formatNumber, formatWaiting } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { type ChannelAccount, useCheckAccount, useReconnectAccount } from "../api/queries";
import classes from "./account-card.module.css";

const dots = {
  connecting: "waiting",
  connected: "person",
  attention: "bad",
  disconnected: "waiting",
} as const;

interface Props {
  account: ChannelAccount;
  canConnect: boolean;
  isOffline: boolean;
}

export function AccountCard({ account, canConnect, isOffline }: Props) {
  const { t } = useTranslation();
  const check = useCheckAccount(account.id);
  const reconnect = useReconnectAccount(account.id);
  const { state } = account;
  const isRefused = state === "attention";
  const mend = isRefused ? check : reconnect;
  const isBroken = isRefused || state === "disconnected";
  return (
    <div className={classes.card}>
      <div className={classes.head}>
        <Dot of={isOffline ? "unknown" : dots[state]} />
        <strong className={classes.name}>{account.name}</strong>
        <span className={classes.state}>
          {isOffline ? t("accounts.state.unknown") : t(`accounts.state.${state}`)}
        </span>
      </div>
      {account.problem_text && <p className={classes.problem}>{account.problem_text}</p>}
      <Facts account={account} />
      {mend.isError && <p className={classes.problem}>{errorText(mend.error)}</p>}
      {isBroken && canConnect && (
        <Button
          variant="light"
          size="compact-sm"
          loading={mend.isPending}
          onClick={() => mend.mutate()}
        >
          {t(isRefused ? "accounts.check" : "accounts.reconnect")}
        </Button>
      )}
    </div>
  );
}

/** "Сверено с Авито 3 мин назад, восстановлено 2 сообщения" */
function Facts({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation();
  const now = useMinute();
  const { last_sweep_at: sweptAt, recovered_count: recovered, sync_total: total } = account;
  const parts: string[] = [];
  if (account.synced_at === null && account.sync_done > 0) {
    const done = formatNumber(account.sync_done);
    parts.push(
      total === null
        ? t("accounts.syncing", { done })
        : t("accounts.synced", { done, total: formatNumber(total) }),
    );
  }
  if (sweptAt !== null) {
    const isNow = now.getTime() - Date.parse(sweptAt) < 60_000;
    const time = isNow
      ? t("accounts.justNow")
      : t("accounts.ago", { time: formatWaiting(sweptAt, now) });
    parts.push(t("accounts.checked", { time }));
  }
  if (recovered > 0) parts.push(t("accounts.recovered", { count: recovered }));
  return parts.length > 0 && <p className={classes.facts}>{parts.join(", ")}</p>;
}
