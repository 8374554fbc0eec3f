import { IconSlash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite, useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { randomKey } from "@/lib/random-key";
import { serverNow } from "@/lib/server-clock";
import { inboxKeys } from "../api/keys";
import { useDraftsOfOtherDevices, useNoteDrafts, useReplyDrafts } from "../api/reply-drafts";
import { useScheduleReply } from "../api/scheduled";
import { useCancelMessage } from "../api/use-cancel-message";
import { useAddNote, useFailedSend, useSendMessage } from "../api/use-send-message";
import { useComposerText } from "../hooks/use-composer-text";
import { usePictures } from "../hooks/use-pictures";
import { useSoftLock } from "../hooks/use-presence";
import { useSuggestion } from "../hooks/use-suggestion";
import { useTemplateList } from "../hooks/use-template-list";
import { useTemplateValues } from "../hooks/use-template-values";
import { ownPresence } from "../live/own-presence";
import { pictureShelf } from "../live/picture-shelf";
import { lastHeld } from "../model/held";
import type { MessageList } from "../model/message-list";
import { mayAttach } from "../model/pictures";
import { isSameReply } from "../model/sending";
import { unfilledIn } from "../model/template-text";
import type { Conversation } from "../model/types";
import classes from "./composer.module.css";
import { ComposerField } from "./composer-field";
import { ComposerKind } from "./composer-kind";
import { ComposerState } from "./composer-state";
import { ComposerTool } from "./composer-tool";
import { ComposerTools } from "./composer-tools";
import { EmojiTool } from "./emoji-tool";
import { LaterTool } from "./later-tool";
import { OtherDraft } from "./other-draft";
import { PictureTool } from "./picture-tool";
import { PictureTray } from "./picture-tray";
import { ScheduledLines } from "./scheduled-lines";
import { SuggestionLine } from "./suggestion-line";
import { SuggestionTool } from "./suggestion-tool";
import { UnfilledQuestion } from "./unfilled-question";

interface Props {
  conversation: Conversation;
  onSent: () => void;
}

export function Composer({ conversation, onSent }: Props) {
  const { t } = useTranslation();
  const { id } = conversation;
  const client = useQueryClient();
  const canWrite = useCanWrite();
  const { user } = useMe();
  const notes = useNoteDrafts();
  const isNote = useSyncExternalStore(notes.subscribe, () => notes.isChosen(id));
  const replyText = useComposerText(id, useReplyDrafts());
  const noteText = useComposerText(id, notes);
  const text = isNote ? noteText : replyText;
  useDraftsOfOtherDevices(id);
  const send = useSendMessage(id);
  const failed = useFailedSend(id);
  const note = useAddNote(id);
  const cancel = useCancelMessage(id);
  const schedule = useScheduleReply(id);
  const limit = conversation.channel.max_text_length;
  const lock = useSoftLock(conversation);
  const isLocked = !isNote && lock.by !== null;
  const canReply = conversation.status !== "closed" && !conversation.contact.is_blocked;
  const pictures = usePictures(id);
  const suggestion = useSuggestion(id, replyText);
  const length = text.value.trim().length;
  const templates = useTemplateList(
    text,
    useTemplateValues(conversation),
    canWrite && canReply && !isNote && !isLocked,
  );
  const [unfilled, setUnfilled] = useState<string[]>([]);
  const isEmpty = length === 0 && (isNote || !pictures.hasReady);

  useEffect(() => (canWrite ? ownPresence.enter(id) : undefined), [canWrite, id]);

  function newestPosition(): string {
    const list = client.getQueryData<MessageList>(inboxKeys.messages(id));
    return list?.pages[0]?.items[0]?.position ?? "";
  }

  function reply(words: string): void {
    const taken = pictureShelf.take(id).flatMap(({ attachmentId, url }) => {
      return attachmentId === null ? [] : [{ attachmentId, url }];
    });
    const isSame = failed !== null && isSameReply(failed.sending, words, taken);
    text.clear();
    suggestion.cancel();
    ownPresence.stopTyping();
    send.mutate({
      text: words,
      pictures: taken,
      idempotencyKey: isSame ? failed.sending.idempotencyKey : randomKey(),
      afterPosition: newestPosition(),
      startedAt: new Date().toISOString(),
    });
  }

  /** Ctrl+Z where nothing is typed: the reply that has just been sent comes back. */
  function takeBack(): boolean {
    const list = client.getQueryData<MessageList>(inboxKeys.messages(id));
    const held = lastHeld(list?.pages[0]?.items ?? [], user.id, serverNow());
    if (!held || cancel.isPending) return false;
    cancel.mutate(held.id);
    return true;
  }

  function submit(isSure = false): void {
    const words = text.value.trim();
    if (isEmpty || note.isPending || isLocked || (!isNote && pictures.isUploading)) return;
    const names = isNote || isSure ? [] : unfilledIn(words);
    setUnfilled(names);
    if (names.length > 0) return;
    onSent();
    if (isNote) {
      note.save(words);
    } else if (canReply) {
      reply(words);
    }
  }

  function sendLater(sendAt: Date): void {
    const words = text.value.trim();
    schedule.mutate({ text: words, sendAt }, { onSuccess: () => text.clear() });
  }

  /** Before the field takes Enter for sending. */
  function onKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !event.altKey || isNote || !canReply || isLocked) return;
    event.preventDefault();
    event.stopPropagation();
    suggestion.ask();
  }

  if (!canWrite) {
    return <footer className={classes.composer}>{t("composer.viewer")}</footer>;
  }
  const error = isNote ? note.error : (failed?.error ?? null);
  const isDisabled = !isNote && !canReply;
  const mayPaste = !isNote && !isLocked && mayAttach(conversation);
  return (
    <footer
      className={classes.composer}
      onPaste={mayPaste ? pictures.onPaste : undefined}
      onKeyDownCapture={onKey}
    >
      <div className={classes.head}>
        <ComposerState conversation={conversation} isNote={isNote} lock={isLocked ? lock : null} />
        <ComposerKind isNote={isNote} onChange={(isChosen) => notes.choose(id, isChosen)} />
      </div>
      <ScheduledLines conversation={conversation} />
      {!isNote && <OtherDraft conversationId={id} text={text} />}
      {length > limit && !isNote && (
        <div className={classes.hint}>{t("composer.split", { limit })}</div>
      )}
      {error && (
        <div className={classes.error} role="alert">
          {t(isNote ? "composer.noteFailed" : "composer.failed", { reason: errorText(error) })}
        </div>
      )}
      {!isNote && <PictureTray talk={id} pictures={pictures.list} />}
      <div className={classes.field} data-note={isNote || undefined}>
        <ComposerField
          text={text}
          templates={templates}
          isNote={isNote}
          isDisabled={isDisabled}
          isLocked={isLocked}
          onSubmit={() => submit()}
          onTakeBack={takeBack}
        />
        {!isNote && <SuggestionLine suggestion={suggestion} isGone={length === 0} />}
        <ComposerTools
          length={length}
          limit={limit}
          isNote={isNote}
          isBusy={isNote && note.isPending}
          isDisabled={isEmpty || isDisabled || isLocked || (!isNote && pictures.isUploading)}
          onSubmit={() => submit()}
          besideSend={
            !isNote && (
              <LaterTool
                isDisabled={length === 0 || isDisabled || isLocked || schedule.isPending}
                onPick={sendLater}
              />
            )
          }
        >
          <ComposerTool
            icon={<IconSlash size={16} stroke={1.8} aria-hidden />}
            label={t("templates.tool")}
            isWordy
            disabled={isDisabled || isNote || isLocked}
            onClick={templates.open}
          />
          <EmojiTool isDisabled={isDisabled || isLocked} onPick={text.insert} />
          {!isNote && (
            <SuggestionTool suggestion={suggestion} isDisabled={isDisabled || isLocked} />
          )}
          {!isNote && <PictureTool isDisabled={!mayPaste} onPick={pictures.add} />}
        </ComposerTools>
      </div>
      <UnfilledQuestion
        names={unfilled}
        onBack={() => {
          setUnfilled([]);
          text.field.current?.focus();
        }}
        onSend={() => submit(true)}
      />
    </footer>
  );
}
