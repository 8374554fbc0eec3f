import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { useReset } from "../api/queries";
import classes from "./developer.module.css";

/** Deletes the talks once the company's name is written out. */
export function ResetForm() {
  const { t } = useTranslation();
  const { workspace } = useMe();
  const reset = useReset();
  const [confirmation, setConfirmation] = useState("");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (confirmation.trim() === "" || reset.isPending) return;
    reset.mutate(confirmation.trim(), {
      onSuccess: ({ talks }) => {
        setConfirmation("");
        notifications.show({ message: t("developer.wasReset", { count: talks }) });
      },
    });
  }

  return (
    <form className={classes.row} onSubmit={submit} noValidate>
      <TextInput
        label={t("developer.confirm", { name: workspace.name })}
        autoComplete="off"
        value={confirmation}
        onChange={(event) => setConfirmation(event.currentTarget.value)}
      />
      <Button type="submit" color="bad" loading={reset.isPending}>
        {t("developer.delete")}
      </Button>
      {reset.isError && (
        <p className={classes.problem} role="alert">
          {errorText(reset.error)}
        </p>
      )}
    </form>
  );
}
