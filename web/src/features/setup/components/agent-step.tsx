import { Alert, Button, Stack, Textarea } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { EntryPage } from "@/components/ui/entry-page";
import { errorText } from "@/lib/error-text";
import { useUnsaved } from "@/lib/unsaved";
import { useTeachAgent } from "../api/queries";
import classes from "./setup.module.css";

interface Words {
  about: string;
  instructions: string;
}

/** A few lines that the assistant answers from. */
export function AgentStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const teach = useTeachAgent();
  const { changes, change, forget } = useUnsaved<Words>("setup:agent");
  const { about = "", instructions = "" } = changes;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (teach.isPending || teach.isSuccess) return; // after it, until the next page is there
    const words = { about: about.trim(), instructions: instructions.trim() };
    teach.mutate({ title: t("setup.aboutDocument"), ...words }, { onSuccess: done });
  }

  function done(): void {
    forget();
    onDone();
  }

  return (
    <EntryPage title={t("setup.agentTitle")} lead={t("setup.agentText")}>
      <p className={classes.steps}>{t("setup.step", { step: 3, steps: 3 })}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap={14}>
          {teach.isError && (
            <Alert color="bad" variant="light" p="xs" role="alert">
              {t("setup.agentNotSaved")} {errorText(teach.error)}
            </Alert>
          )}
          <Textarea
            label={t("setup.about")}
            placeholder={t("setup.aboutExample")}
            size="md"
            rows={6}
            autoFocus
            value={about}
            onChange={(event) => change({ about: event.currentTarget.value })}
          />
          <Textarea
            label={t("setup.instructions")}
            placeholder={t("setup.instructionsExample")}
            size="md"
            rows={3}
            maxLength={20_000}
            value={instructions}
            onChange={(event) => change({ instructions: event.currentTarget.value })}
          />
          <div className={classes.acts}>
            <Button type="submit" size="md" loading={teach.isPending}>
              {t("setup.finish")}
            </Button>
            <Button variant="subtle" size="md" onClick={onDone}>
              {t("setup.later")}
            </Button>
          </div>
        </Stack>
      </form>
    </EntryPage>
  );
}
