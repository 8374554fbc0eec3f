import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { type ChannelAccount, useAccountAct } from "../api/queries";
import classes from "./account-acts.module.css";

/** What can be done now about the account's link with the channel. */
export function AccountActs({ account }: { account: ChannelAccount }) {
  const { t } = useTranslation();
  const check = useAccountAct(account.id, "check");
  const connect = useAccountAct(account.id, "connect");
  const disconnect = useAccountAct(account.id, "disconnect");
  const [isSure, confirm] = useDisclosure(false);
  // The button that was pressed has gone; what comes in its place takes the focus.
  const [wasAsked, setWasAsked] = useState(false);
  const isLive = account.state === "connected" || account.state === "attention";
  const isHooked = account.webhook_subscribed_at !== null;
  const failed = [check, connect, disconnect].find(({ isError }) => isError);

  if (isSure) {
    return (
      <div className={classes.sure}>
        <p className={classes.text}>{t("accounts.disconnectText")}</p>
        <Group gap="xs">
          <Button
            className={classes.act}
            color="bad"
            size="compact-sm"
            autoFocus
            loading={disconnect.isPending}
            onClick={() => disconnect.mutate(undefined, { onSettled: confirm.close })}
          >
            {t("accounts.disconnect")}
          </Button>
          <Button
            className={classes.act}
            variant="default"
            size="compact-sm"
            onClick={confirm.close}
          >
            {t("common.cancel")}
          </Button>
        </Group>
      </div>
    );
  }
  return (
    <>
      {failed && (
        <p className={classes.problem} role="alert">
          {errorText(failed.error)}
        </p>
      )}
      <Group gap="xs">
        {isLive && (
          <Button
            className={classes.act}
            variant={account.state === "attention" ? "light" : "default"}
            size="compact-sm"
            loading={check.isPending}
            onClick={() => check.mutate()}
          >
            {t("accounts.check")}
          </Button>
        )}
        {(account.state === "disconnected" || (isLive && !isHooked)) && (
          <Button
            className={classes.act}
            variant="light"
            size="compact-sm"
            autoFocus={wasAsked}
            loading={connect.isPending}
            onClick={() => connect.mutate()}
          >
            {t(isLive ? "accounts.connectHook" : "accounts.reconnect")}
          </Button>
        )}
        {account.state !== "disconnected" && (
          <Button
            className={classes.act}
            variant="default"
            size="compact-sm"
            autoFocus={wasAsked}
            onClick={() => {
              setWasAsked(true);
              confirm.open();
            }}
          >
            {t("accounts.disconnect")}
          </Button>
        )}
      </Group>
    </>
  );
}
