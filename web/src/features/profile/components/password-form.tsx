import { Alert, Button, PasswordInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { NewPasswordInput } from "@/components/ui/new-password-input";
import { ApiError } from "@/lib/api-error";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { weaknessOf } from "@/lib/password-rules";
import { useChangePassword } from "../api/queries";
import classes from "./profile.module.css";

export function PasswordForm() {
  const { t } = useTranslation();
  const { user } = useMe();
  const change = useChangePassword();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (old === "" || weaknessOf(next, user.email) !== null || change.isPending) return;
    change.mutate(
      { old, new: next },
      {
        onSuccess: () => {
          setOld("");
          setNext("");
          setWasSubmitted(false);
          notifications.show({ message: t("profile.passwordChanged") });
        },
      },
    );
  }

  function reason(error: unknown): string {
    const problem = error instanceof ApiError ? error.problem : null;
    if (problem?.code === "wrong_password") return t("profile.wrongPassword");
    if (problem?.status === 429 && problem.retryAfterS !== undefined)
      return t("login.tooManyWait", { count: Math.ceil(problem.retryAfterS / 60) });
    return errorText(error);
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {/* Lets a password keeper know whose password it is. */}
      <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
      {change.isError && (
        <Alert color="bad" variant="light" p="xs" role="alert">
          {reason(change.error)}
        </Alert>
      )}
      <PasswordInput
        className={classes.field}
        label={t("profile.oldPassword")}
        autoComplete="current-password"
        value={old}
        onChange={(event) => setOld(event.currentTarget.value)}
        error={wasSubmitted && old === "" && t("profile.fillOldPassword")}
        visibilityToggleButtonProps={{ "aria-label": t("login.showPassword") }}
      />
      <NewPasswordInput
        className={classes.field}
        label={t("profile.newPassword")}
        email={user.email}
        wasSubmitted={wasSubmitted}
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
      />
      <Button type="submit" loading={change.isPending}>
        {t("profile.changePassword")}
      </Button>
    </form>
  );
}
