import { Alert, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Trans, useTranslation } from "react-i18next";
import { KeysPageText } from "@/components/ui/keys-page-text";
import { errorText } from "@/lib/error-text";
import { type Keys, type Onboarding, useConnect, useProbe } from "../api/queries";
import { checksOfProbe } from "../model/checks";
import { CheckList } from "./check-list";
import classes from "./setup.module.css";

interface Props {
  onboarding: Onboarding;
  onLater: () => void;
}

export function KeysForm({ onboarding, onLater }: Props) {
  const { t } = useTranslation();
  const probe = useProbe();
  const connect = useConnect();
  const [id, setId] = useState("");
  const [secret, setSecret] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const { simulator } = onboarding;
  const keys: Keys = { client_id: id.trim(), client_secret: secret.trim() };
  const isBusy = probe.isPending || connect.isPending;
  const hasOnlyNoTariff = probe.data?.steps.at(-1)?.step === "tariff";
  const isAllPassed = hasOnlyNoTariff && probe.data?.steps.every((step) => step.is_passed);

  function tryOut(tried: Keys): void {
    if (isBusy) return;
    connect.reset();
    probe.mutate(tried, {
      onSuccess: ({ steps }) => {
        if (steps.length === 3 && steps.every((step) => step.is_passed)) connect.mutate(tried);
      },
    });
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (keys.client_id !== "" && keys.client_secret !== "") tryOut(keys);
  }

  const error = connect.error ?? probe.error;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap={14}>
        <ol className={classes.where}>
          <li>
            <KeysPageText text={t("setup.where.open")} />
          </li>
          <li>{t("setup.where.copy")}</li>
          <li>{t("setup.where.owner")}</li>
        </ol>
        <TextInput
          label={t("setup.clientId")}
          size="md"
          autoComplete="off"
          autoFocus
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={wasSubmitted && keys.client_id === "" && t("setup.fill.clientId")}
        />
        <PasswordInput
          label={t("setup.clientSecret")}
          size="md"
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          error={wasSubmitted && keys.client_secret === "" && t("setup.fill.clientSecret")}
          visibilityToggleButtonProps={{ "aria-label": t("login.showPassword") }}
        />
        {(isBusy || probe.data) && (
          <CheckList
            checks={checksOfProbe(probe.data, isBusy && !probe.data)}
            notes={{
              account:
                probe.data?.account_name &&
                t("setup.found", { name: probe.data.account_name, id: probe.data.account_id }),
            }}
          />
        )}
        {error && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            <KeysPageText text={errorText(error)} />
          </Alert>
        )}
        <div className={classes.acts}>
          <Button type="submit" size="md" loading={isBusy}>
            {t(probe.data ? "setup.checkAgain" : "setup.checkKeys")}
          </Button>
          {hasOnlyNoTariff && !isAllPassed && (
            <Button
              variant="default"
              size="md"
              loading={connect.isPending}
              onClick={() => connect.mutate(keys)}
            >
              {t("setup.keepAnyway")}
            </Button>
          )}
          <Button variant="subtle" size="md" onClick={onLater}>
            {t("setup.later")}
          </Button>
        </div>
        <div className={classes.other}>
          {simulator ? (
            <>
              <span className={classes.way}>{t("setup.simulatorText")}</span>
              <Button
                variant="light"
                color="bot"
                size="md"
                onClick={() => {
                  setId(simulator.client_id);
                  setSecret(simulator.client_secret);
                  tryOut({
                    client_id: simulator.client_id,
                    client_secret: simulator.client_secret,
                  });
                }}
              >
                {t("setup.trySimulator")}
              </Button>
            </>
          ) : (
            <span className={classes.way}>
              <Trans
                i18nKey="setup.simulatorAway"
                components={{ code: <code className={classes.command} /> }}
              />
            </span>
          )}
        </div>
      </Stack>
    </form>
  );
}
