import { Alert, Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { useRename } from "../api/queries";
import classes from "./profile.module.css";

export function NameForm() {
  const { t } = useTranslation();
  const { user, role } = useMe();
  const rename = useRename();
  const [name, setName] = useState(user.name);
  const isChanged = name.trim() !== user.name;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isChanged || name.trim() === "" || rename.isPending) return;
    rename.mutate(name.trim(), {
      onSuccess: (me) => {
        setName(me.user.name);
        notifications.show({ message: t("profile.renamed") });
      },
    });
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {rename.isError && (
        <Alert color="bad" variant="light" p="xs" role="alert">
          {t("profile.notSaved")} {errorText(rename.error)}
        </Alert>
      )}
      <TextInput
        className={classes.field}
        label={t("profile.name")}
        description={t("profile.nameHint")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="name"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={name.trim() === "" && t("join.fillName")}
      />
      <div>
        <div className={classes.label}>{t("login.email")}</div>
        <span>{user.email}</span>
      </div>
      <div>
        <div className={classes.label}>{t("team.role")}</div>
        <span>{t(`user.role.${role}`)}</span>
      </div>
      <Button
        type="submit"
        loading={rename.isPending}
        aria-disabled={!isChanged}
        data-disabled={!isChanged || undefined}
      >
        {t("unsaved.save")}
      </Button>
    </form>
  );
}
