import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import type { ChannelAccount } from "../api/queries";
import { AccountActs } from "./account-acts";
import { AccountAgent } from "./account-agent";
import classes from "./account-card.module.css";
import { AccountFacts } from "./account-facts";

const dots = {
  connecting: "waiting",
  connected: "person",
  attention: "bad",
  disconnected: "unknown",
} as const;

interface Props {
  account: ChannelAccount;
  canConnect: boolean;
  isOffline: boolean;
}

/** One account in the top bar's list: its state, and what is done with it most. */
export function AccountCard({ account, canConnect, isOffline }: Props) {
  return (
    <section className={classes.card} aria-label={account.name}>
      <AccountHead account={account} isOffline={isOffline} />
      <AccountProblem account={account} />
      <AccountFacts account={account} />
      <AccountAgent account={account} />
      {canConnect && <AccountActs account={account} />}
    </section>
  );
}

export function AccountHead({
  account,
  isOffline = false,
}: {
  account: ChannelAccount;
  isOffline?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className={classes.head}>
      <Dot of={isOffline ? "unknown" : dots[account.state]} />
      <strong className={classes.name}>{account.name}</strong>
      <span className={classes.state}>
        {isOffline ? t("accounts.state.unknown") : t(`accounts.state.${account.state}`)}
      </span>
    </div>
  );
}

/** What stands in the way, and the way out. */
export function AccountProblem({ account }: { account: ChannelAccount }) {
  if (!account.problem_text) return null;
  return (
    <div>
      <p className={classes.problem}>{account.problem_text}</p>
      {account.problem_way_out && <p className={classes.fact}>{account.problem_way_out}</p>}
    </div>
  );
}
