import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { EntryPage } from "@/components/ui/entry-page";
import { NewPasswordInput } from "@/components/ui/new-password-input";
import { TimeZoneSelect } from "@/components/ui/time-zone-select";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { looksLikeEmail, weaknessOf } from "@/lib/password-rules";
import { browserTimeZone } from "@/lib/time-zones";
import { useSetUp } from "../api/queries";
import classes from "./setup.module.css";

interface Props {
  /** From the link that the server printed; empty when the wizard was opened without it. */
  code: string;
  onDone: () => void;
  /** Somebody else was quicker. */
  onTaken: () => void;
}

/** The first user and the company. */
export function OwnerStep({ code, onDone, onTaken }: Props) {
  const { t } = useTranslation();
  const setUp = useSetUp();
  const [form, setForm] = useState({
    code,
    name: "",
    email: "",
    password: "",
    workspace: "",
    time_zone: browserTimeZone(),
  });
  const [isCodeAsked, setIsCodeAsked] = useState(code === "");
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const problem = setUp.error instanceof ApiError ? setUp.error.problem : null;

  function field(name: "code" | "name" | "workspace") {
    return {
      name,
      size: "md",
      value: form[name],
      onChange: (event: { currentTarget: HTMLInputElement }) =>
        setForm({ ...form, [name]: event.currentTarget.value }),
      error: wasSubmitted && form[name].trim() === "" && t(`setup.fill.${name}`),
    };
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    const isComplete =
      form.name.trim() !== "" &&
      form.workspace.trim() !== "" &&
      form.code.trim() !== "" &&
      looksLikeEmail(form.email) &&
      weaknessOf(form.password, form.email) === null;
    if (isComplete && !setUp.isPending) setUp.mutate(form, { onSuccess: onDone, onError: refused });
  }

  function refused(error: Error): void {
    // A link of before the key was changed: the code of today can be typed.
    if (error instanceof ApiError && error.problem.code === "wrong_setup_code")
      setIsCodeAsked(true);
  }

  function reason(error: unknown): string {
    if (problem?.code === "wrong_setup_code") return t("setup.wrongCode");
    if (problem?.code === "setup_done") return t("setup.taken");
    if (problem?.status === 429 && problem.retryAfterS !== undefined)
      return t("login.tooManyWait", { count: Math.ceil(problem.retryAfterS / 60) });
    return errorText(error);
  }

  return (
    <EntryPage title={t("setup.ownerTitle")} lead={t("setup.ownerText")}>
      <p className={classes.steps}>{t("setup.step", { step: 1, steps: 3 })}</p>
      <form onSubmit={submit} noValidate>
        <Stack gap={14}>
          {setUp.isError && (
            <Alert color="bad" variant="light" p="xs" role="alert">
              {reason(setUp.error)}
            </Alert>
          )}
          {problem?.code === "setup_done" && (
            <Button variant="default" size="md" onClick={onTaken}>
              {t("join.toLogin")}
            </Button>
          )}
          {isCodeAsked && (
            <TextInput
              {...field("code")}
              label={t("setup.code")}
              description={t("setup.codeHint")}
              inputWrapperOrder={["label", "input", "description", "error"]}
              autoComplete="off"
              autoFocus
            />
          )}
          <TextInput
            {...field("name")}
            label={t("profile.name")}
            autoComplete="name"
            maxLength={200}
            autoFocus={code !== ""}
          />
          <TextInput
            label={t("login.email")}
            description={t("join.emailHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            type="email"
            name="email"
            autoComplete="username"
            size="md"
            value={form.email}
            onChange={(event) => setForm({ ...form, email: event.currentTarget.value })}
            error={wasSubmitted && !looksLikeEmail(form.email) && t("password.wrongEmail")}
          />
          <NewPasswordInput
            label={t("login.password")}
            name="password"
            size="md"
            email={form.email}
            wasSubmitted={wasSubmitted}
            value={form.password}
            onChange={(event) => setForm({ ...form, password: event.currentTarget.value })}
          />
          <TextInput {...field("workspace")} label={t("setup.workspace")} maxLength={200} />
          <TimeZoneSelect
            size="md"
            value={form.time_zone}
            onChange={(time_zone) => setForm({ ...form, time_zone })}
          />
          <Button type="submit" size="md" loading={setUp.isPending} fullWidth mt={4}>
            {t("setup.next")}
          </Button>
        </Stack>
      </form>
    </EntryPage>
  );
}
