import { Button, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { DotKind } from "@/components/ui/dot";
import { StatusChip } from "@/components/ui/status-chip";
import { useMe } from "@/lib/current-user";
import { accountsQuery, type ChannelAccount } from "../api/queries";
import { AccountCard } from "./account-card";
import classes from "./accounts-chip.module.css";
import { ConnectAccount } from "./connect-account";

/** The state of the channels in one look; what is wrong and the last check when opened. */
export function AccountsChip({ isOffline }: { isOffline: boolean }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const { data: accounts, refetch } = useQuery(accountsQuery());
  const [isConnecting, connect] = useDisclosure(false);
  const [isOpen, popover] = useDisclosure(false);
  if (!accounts) return null;

  function toggle(): void {
    // A sweep that finds nothing is no event: its time is read when it is looked at.
    if (!isOpen) void refetch();
    popover.toggle();
  }

  const canConnect = role === "owner" || role === "admin";
  const count = accounts.length;
  const words = count > 0 ? t("accounts.chip", { count }) : t("accounts.none");

  return (
    <>
      <Popover
        opened={isOpen}
        onChange={popover.set}
        position="bottom-end"
        width={340}
        shadow="md"
        trapFocus
        transitionProps={{ duration: 120 }}
      >
        <Popover.Target>
          {isOffline ? (
            <StatusChip
              of="unknown"
              text={t("accounts.offline")}
              title={t("live.unknown")}
              onClick={toggle}
            />
          ) : (
            <StatusChip of={worstOf(accounts)} text={words} onClick={toggle} />
          )}
        </Popover.Target>
        <Popover.Dropdown className={classes.list} aria-label={t("accounts.title")}>
          {accounts.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              canConnect={canConnect}
              isOffline={isOffline}
            />
          ))}
          {count === 0 && <span>{t("accounts.none")}</span>}
          {count > 0 && (
            <Button
              variant="default"
              size="sm"
              renderRoot={(props) => <Link to="/settings/channels" {...props} />}
              onClick={popover.close}
            >
              {t("accounts.all")}
            </Button>
          )}
          {count === 0 && canConnect && (
            <Button
              variant="default"
              size="sm"
              onClick={() => {
                popover.close();
                connect.open();
              }}
            >
              {t("accounts.connect")}
            </Button>
          )}
        </Popover.Dropdown>
      </Popover>
      <ConnectAccount isOpen={isConnecting} onClose={connect.close} />
    </>
  );
}

function worstOf(accounts: ChannelAccount[]): DotKind {
  if (accounts.some(({ state }) => state === "attention")) return "bad";
  const isAllConnected = accounts.every(({ state }) => state === "connected");
  return accounts.length > 0 && isAllConnected ? "person" : "waiting";
}
