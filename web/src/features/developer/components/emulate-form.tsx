import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { useEmulate } from "../api/queries";
import classes from "./developer.module.css";

export function EmulateForm() {
  const { t } = useTranslation();
  const emulate = useEmulate();
  const [buyer, setBuyer] = useState("");
  const [text, setText] = useState("");

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (buyer.trim() === "" || text.trim() === "" || emulate.isPending) return;
    emulate.mutate(
      { text: text.trim(), buyer_name: buyer.trim() },
      {
        onSuccess: () => {
          setText("");
          notifications.show({ message: t("developer.emulated") });
        },
      },
    );
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t("developer.buyer")}
        maxLength={60}
        value={buyer}
        onChange={(event) => setBuyer(event.currentTarget.value)}
      />
      <TextInput
        label={t("developer.text")}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {emulate.isError && (
        <p className={classes.problem} role="alert">
          {errorText(emulate.error)}
        </p>
      )}
      <Button type="submit" variant="default" loading={emulate.isPending}>
        {t("developer.write")}
      </Button>
    </form>
  );
}
