import { Alert, Button, Skeleton, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { EntryPage } from "@/components/ui/entry-page";
import { NewPasswordInput } from "@/components/ui/new-password-input";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { formatDate } from "@/lib/format";
import { looksLikeEmail, weaknessOf } from "@/lib/password-rules";
import { type OpenInvite, openInviteQuery, useAcceptInvite } from "../api/queries";
import { isInviteProblem } from "../model/invite-problem";

interface Props {
  token: string;
  onJoined: () => void;
  onLogin: () => void;
}

/** Where an invite link leads. */
export function AcceptInvite({ token, onJoined, onLogin }: Props) {
  const { t } = useTranslation();
  const invite = useQuery(openInviteQuery(token));
  if (invite.data) {
    return <JoinForm token={token} invite={invite.data} onJoined={onJoined} onLogin={onLogin} />;
  }
  if (invite.isError) {
    const { error } = invite;
    const code = error instanceof ApiError ? error.problem.code : "";
    return (
      <EntryPage
        title={t("join.noEntry")}
        lead={isInviteProblem(code) ? t(`join.problem.${code}`) : errorText(error)}
      >
        {isInviteProblem(code) ? (
          <Button variant="default" onClick={onLogin}>
            {t("join.toLogin")}
          </Button>
        ) : (
          <Button variant="default" onClick={() => void invite.refetch()}>
            {t("common.retry")}
          </Button>
        )}
      </EntryPage>
    );
  }
  return (
    <EntryPage title={t("join.opening")}>
      <Stack gap={14} aria-busy>
        <Skeleton height={58} />
        <Skeleton height={58} />
        <Skeleton height={58} />
      </Stack>
    </EntryPage>
  );
}

interface FormProps extends Props {
  invite: OpenInvite;
}

function JoinForm({ token, invite, onJoined, onLogin }: FormProps) {
  const { t } = useTranslation();
  const accept = useAcceptInvite(token);
  const [name, setName] = useState(invite.name);
  const [email, setEmail] = useState(invite.email);
  const [password, setPassword] = useState("");
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const isComplete =
    name.trim() !== "" && looksLikeEmail(email) && weaknessOf(password, email) === null;
  const code = accept.error instanceof ApiError ? accept.error.problem.code : "";

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (!isComplete) return;
    accept.mutate({ name: name.trim(), email: email.trim(), password }, { onSuccess: onJoined });
  }

  return (
    <EntryPage
      title={t("join.title", { workspace: invite.workspace })}
      lead={t("join.lead", {
        role: t(`user.role.${invite.role}`),
        date: formatDate(invite.expires_at),
      })}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap={14}>
          {accept.isError && (
            <Alert color="bad" variant="light" p="xs" role="alert">
              {isInviteProblem(code) ? t(`join.problem.${code}`) : errorText(accept.error)}
            </Alert>
          )}
          <TextInput
            label={t("profile.name")}
            name="name"
            autoComplete="name"
            size="md"
            autoFocus
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={wasSubmitted && name.trim() === "" && t("join.fillName")}
          />
          <TextInput
            label={t("login.email")}
            description={t("join.emailHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            type="email"
            name="email"
            autoComplete="username"
            size="md"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={wasSubmitted && !looksLikeEmail(email) && t("password.wrongEmail")}
          />
          <NewPasswordInput
            label={t("login.password")}
            name="password"
            size="md"
            email={email}
            wasSubmitted={wasSubmitted}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={accept.isPending} fullWidth mt={4}>
            {t("join.submit")}
          </Button>
          {code === "already_member" && (
            <Button variant="default" size="md" onClick={onLogin}>
              {t("join.toLogin")}
            </Button>
          )}
        </Stack>
      </form>
    </EntryPage>
  );
}
