import { Button, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EntryPage } from "@/components/ui/entry-page";
import { errorText } from "@/lib/error-text";
import { onboardingQuery, watchedAccountsQuery } from "../api/queries";
import { AccountChecks } from "./account-checks";
import { KeysForm } from "./keys-form";
import classes from "./setup.module.css";

interface Props {
  onNext: () => void;
}

/** Connecting the first account; a reload goes on where it was. */
export function ChannelStep({ onNext }: Props) {
  const { t } = useTranslation();
  const onboarding = useQuery(onboardingQuery());
  const accounts = useQuery(watchedAccountsQuery());
  const account = accounts.data?.find(({ state }) => state !== "disconnected");
  const error = onboarding.error ?? accounts.error;

  return (
    <EntryPage title={t("setup.channelTitle")} lead={t("setup.channelText")}>
      <p className={classes.steps}>{t("setup.step", { step: 2, steps: 3 })}</p>
      {onboarding.data && accounts.data ? (
        account ? (
          <AccountChecks account={account} onboarding={onboarding.data} onNext={onNext} />
        ) : (
          <KeysForm onboarding={onboarding.data} onLater={onNext} />
        )
      ) : error ? (
        <Stack gap={14}>
          <span role="alert">{errorText(error)}</span>
          <Button
            variant="default"
            onClick={() => {
              void onboarding.refetch();
              void accounts.refetch();
            }}
          >
            {t("common.retry")}
          </Button>
        </Stack>
      ) : (
        <Stack gap={14} aria-busy>
          <Skeleton height={58} />
          <Skeleton height={58} />
        </Stack>
      )}
    </EntryPage>
  );
}
