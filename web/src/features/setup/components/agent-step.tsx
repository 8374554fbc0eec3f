import { Alert, Button, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { EntryPage } from "@/components/ui/entry-page";
import { errorText } from "@/lib/error-text";
import { useTeachAgent } from "../api/queries";
import classes from "./setup.module.css";

/** A few lines that the assistant answers from. */
export function AgentStep({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const teach = useTeachAgent();
  const [about, setAbout] = useState("");
  const [instructions, setInstructions] = useState("");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (teach.isPending) return;
    const words = { about: about.trim(), instructions: instructions.trim() };
    teach.mutate({ title: t("setup.aboutDocument"), ...words }, { onSuccess: onDone });
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
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
          <Textarea
            label={t("setup.instructions")}
            placeholder={t("setup.instructionsExample")}
            size="md"
            rows={3}
            maxLength={20_000}
            value={instructions}
            onChange={(event) => setInstructions(event.currentTarget.value)}
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
