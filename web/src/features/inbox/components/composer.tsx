import { Button, Textarea } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { keepDraft, readDraft } from "@/lib/drafts";
import { errorText } from "@/lib/error-text";
import { inboxKeys } from "../api/keys";
import { useAddNote, useFailedSend, useSendMessage } from "../api/use-send-message";
import type { MessageList } from "../model/message-list";
import type { Conversation } from "../model/types";
import classes from "./composer.module.css";
import { ComposerState } from "./composer-state";

// Avito's limit; a longer text goes out in parts.
const partLength = 1000;
const maxLength = 20_000;

type Kind = "reply" | "note";

interface Props {
  conversation: Conversation;
  onSent: () => void;
}

export function Composer({ conversation, onSent }: Props) {
  const { t } = useTranslation();
  const { id } = conversation;
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const isTouch = useMediaQuery("(hover: none)", false, { getInitialValueInEffect: false });
  const [kind, setKind] = useState<Kind>("reply");
  const [draft, setDraft] = useState(() => readDraft(id));
  const send = useSendMessage(id);
  const failed = useFailedSend(id);
  const note = useAddNote(id);
  const isNote = kind === "note";
  const isClosed = conversation.status === "closed";
  const canReply = !isClosed && !conversation.contact.is_blocked;
  const length = draft.trim().length;

  function write(text: string): void {
    setDraft(text);
    keepDraft(id, text);
  }

  function newestPosition(): string {
    const list = client.getQueryData<MessageList>(inboxKeys.messages(id));
    return list?.pages[0]?.items[0]?.position ?? "";
  }

  function reply(text: string): void {
    const isSameText = failed?.sending.text === text;
    write("");
    send.mutate(
      {
        text,
        idempotencyKey: isSameText ? failed.sending.idempotencyKey : crypto.randomUUID(),
        afterPosition: newestPosition(),
        startedAt: new Date().toISOString(),
      },
      { onError: () => setDraft(readDraft(id)) },
    );
  }

  function submit(): void {
    const text = draft.trim();
    if (text === "" || note.isPending) return;
    onSent();
    if (isNote) {
      note.mutate(text, {
        onSuccess: () => {
          write("");
          setKind("reply");
        },
      });
    } else if (canReply) {
      reply(text);
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isPlainEnter = event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing;
    if (!isPlainEnter || isTouch) return;
    event.preventDefault();
    submit();
  }

  if (!canWrite) {
    return <footer className={classes.composer}>{t("composer.viewer")}</footer>;
  }
  const error = isNote ? note.error : (failed?.error ?? null);
  return (
    <footer className={classes.composer}>
      <ComposerState conversation={conversation} isNote={isNote} />
      {error && (
        <div className={classes.error} role="alert">
          {t(isNote ? "composer.noteFailed" : "composer.failed", { reason: errorText(error) })}
        </div>
      )}
      <div className={classes.field} data-note={isNote || undefined}>
        <Textarea
          variant="unstyled"
          classNames={{ input: classes.input }}
          aria-label={t(isNote ? "composer.notePlaceholder" : "composer.placeholder")}
          placeholder={t(isNote ? "composer.notePlaceholder" : "composer.placeholder")}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={maxLength}
          disabled={!isNote && !canReply}
          value={draft}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div className={classes.bar}>
          <fieldset className={classes.kinds} aria-label={t("composer.kind")}>
            {(["reply", "note"] as const).map((value) => (
              <button
                key={value}
                type="button"
                className={classes.kind}
                aria-pressed={kind === value}
                onClick={() => setKind(value)}
              >
                {t(`composer.${value}`)}
              </button>
            ))}
          </fieldset>
          <span className={classes.length} data-long={length > partLength || undefined}>
            {length > 0 &&
              !isNote &&
              (length > partLength
                ? t("composer.split", { length })
                : t("composer.length", { length, limit: partLength }))}
          </span>
          <Button
            className={classes.send}
            title={t("composer.hint")}
            loading={isNote && note.isPending}
            disabled={length === 0 || (!isNote && !canReply)}
            onClick={submit}
          >
            {t(isNote ? "composer.addNote" : "composer.send")}
          </Button>
        </div>
      </div>
    </footer>
  );
}
