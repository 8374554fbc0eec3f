import { Button, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCloudOff, IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SettingsPane } from "@/components/ui/settings-pane";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { accountsQuery, type ChannelAccount } from "../api/queries";
import { AccountActs } from "./account-acts";
import { AccountAgent } from "./account-agent";
import { AccountHead, AccountProblem } from "./account-card";
import { AccountFacts } from "./account-facts";
import { AccountMenu } from "./account-menu";
import classes from "./accounts-settings.module.css";
import { ConnectAccount } from "./connect-account";

const minuteMs = 60_000;

/** The accounts of the channels: how each is doing, and everything that can be done with it. */
export function AccountsSettings() {
  const { t } = useTranslation();
  // A sweep that finds nothing is no event: its time is read again.
  const accounts = useQuery({ ...accountsQuery(), staleTime: minuteMs, refetchInterval: minuteMs });
  const canSetUp = useCanSetUp();
  const [isConnecting, connect] = useDisclosure(false);
  const add = canSetUp && <Button onClick={connect.open}>{t("accounts.connect")}</Button>;
  return (
    <SettingsPane title={t("accounts.title")}>
      {accounts.isPending && <Skeleton height={180} mt={16} />}
      {accounts.isError && !accounts.data && (
        <StateMessage
          icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
          title={t("accounts.notLoaded")}
          text={errorText(accounts.error)}
        >
          <Button variant="default" onClick={() => void accounts.refetch()}>
            {t("common.retry")}
          </Button>
        </StateMessage>
      )}
      {accounts.data?.length === 0 && (
        <StateMessage
          icon={<IconPlugConnected size={32} stroke={1.5} aria-hidden />}
          title={t("accounts.none")}
          text={t("accounts.noneText")}
        >
          {add}
        </StateMessage>
      )}
      {accounts.data && accounts.data.length > 0 && (
        <>
          {accounts.data.map((account) => (
            <AccountSection key={account.id} account={account} canSetUp={canSetUp} />
          ))}
          <div className={classes.add}>{add}</div>
        </>
      )}
      <ConnectAccount isOpen={isConnecting} onClose={connect.close} />
    </SettingsPane>
  );
}

function AccountSection({ account, canSetUp }: { account: ChannelAccount; canSetUp: boolean }) {
  return (
    <section className={classes.account} aria-label={account.name}>
      <div className={classes.head}>
        <AccountHead account={account} />
        {canSetUp && <AccountMenu account={account} />}
      </div>
      <AccountProblem account={account} />
      <AccountFacts account={account} />
      <AccountAgent account={account} />
      {canSetUp && <AccountActs account={account} />}
    </section>
  );
}
