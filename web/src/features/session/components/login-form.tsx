import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "@/components/ui/logo";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { useLogin } from "../api/use-login";
import classes from "./login-form.module.css";

export function LoginForm({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation();
  const login = useLogin();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (email.trim() === "" || password === "") return;
    login.mutate({ email: email.trim(), password }, { onSuccess: onSignedIn });
  }

  function reason(error: unknown): string {
    if (!(error instanceof ApiError)) return errorText(error);
    const { status, retryAfterS } = error.problem;
    if (status === 401 || status === 422) return t("login.wrong");
    if (status !== 429) return errorText(error);
    return retryAfterS === undefined
      ? t("login.tooMany")
      : t("login.tooManyWait", { count: Math.ceil(retryAfterS / 60) });
  }

  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Logo size={40} />
        <div>
          <h1 className={classes.title}>{t("login.title")}</h1>
          <p className={classes.lead}>{t("login.lead")}</p>
        </div>
        {login.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {reason(login.error)}
          </Alert>
        )}
        <TextInput
          label={t("login.email")}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          size="md"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={wasSubmitted && email.trim() === "" && t("login.fillEmail")}
        />
        <PasswordInput
          label={t("login.password")}
          name="password"
          autoComplete="current-password"
          size="md"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wasSubmitted && password === "" && t("login.fillPassword")}
          visibilityToggleButtonProps={{ "aria-label": t("login.showPassword") }}
        />
        <Button type="submit" size="md" loading={login.isPending} fullWidth mt={4}>
          {t("login.submit")}
        </Button>
        <p className={classes.forgot}>{t("login.forgot")}</p>
      </form>
    </main>
  );
}
