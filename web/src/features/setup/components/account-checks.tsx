import { Alert, Anchor, Button, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { type Account, latestTalkQuery, type Onboarding, useReconnect } from "../api/queries";
import { type Check, checksOfAccount, isFresh } from "../model/checks";
import { CheckList } from "./check-list";
import classes from "./setup.module.css";

interface Props {
  account: Account;
  onboarding: Onboarding;
  onNext: () => void;
}

/** What is left once the keys are kept: the webhook, and a first message. */
export function AccountChecks({ account, onboarding, onNext }: Props) {
  const { t } = useTranslation();
  const reconnect = useReconnect();
  const latest = useQuery({
    ...latestTalkQuery(account.id, true),
    refetchInterval: ({ state }) => (isNews(state.data?.last_activity_at) ? false : 1500),
  });
  const hasMessage = isNews(latest.data?.last_activity_at);
  const checks = checksOfAccount(account, { getsWebhooks: onboarding.gets_webhooks, hasMessage });
  const webhook = checks.find(({ name }) => name === "webhook");

  function isNews(lastActivityAt: string | undefined): boolean {
    return lastActivityAt !== undefined && isFresh(lastActivityAt, account.created_at);
  }

  return (
    <Stack gap={14}>
      <CheckList
        checks={checks}
        notes={{
          account: t("setup.found", { name: account.name, id: account.external_id }),
          webhook: webhook && webhookNote(webhook),
          message: messageNote(),
        }}
      />
      {reconnect.isError && (
        <Alert color="bad" variant="light" p="xs" role="alert">
          {errorText(reconnect.error)}
        </Alert>
      )}
      <div className={classes.acts}>
        <Button size="md" variant={hasMessage ? "filled" : "default"} onClick={onNext}>
          {t(hasMessage ? "setup.next" : "setup.skipMessage")}
        </Button>
        {(account.state === "attention" || webhook?.state === "warned") && (
          <Button
            size="md"
            variant="light"
            loading={reconnect.isPending}
            onClick={() => reconnect.mutate(account.id)}
          >
            {t("setup.checkAgain")}
          </Button>
        )}
      </div>
    </Stack>
  );

  function webhookNote({ state }: Check) {
    if (state !== "warned") return null;
    const { public_url: url } = onboarding;
    return onboarding.gets_webhooks
      ? t("setup.webhookRefused", { url, reason: account.problem_text ?? "" })
      : t("setup.webhookLocal", { url });
  }

  function messageNote() {
    if (hasMessage) return t("setup.messageCame");
    if (account.state === "attention") return null;
    const { simulator } = onboarding;
    return simulator ? (
      <>
        {t("setup.messageSimulator")}{" "}
        <Anchor href={simulator.url} target="_blank" rel="noreferrer" inherit underline="always">
          {t("setup.openBuyer")}
        </Anchor>
      </>
    ) : (
      t("setup.messageWaits")
    );
  }
}
