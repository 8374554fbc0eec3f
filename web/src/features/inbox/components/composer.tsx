import { IconSlash } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { useDraftsOfOtherDevices, useNoteDrafts, useReplyDrafts } from "../api/reply-drafts";
import { useAddNote } from "../api/use-send-message";
import { useComposerText } from "../hooks/use-composer-text";
import { useCursorBehindPutBack } from "../hooks/use-cursor-behind-put-back";
import { useIsOffline } from "../hooks/use-is-offline";
import { usePictures } from "../hooks/use-pictures";
import { useSoftLock } from "../hooks/use-presence";
import { useReply } from "../hooks/use-reply";
import { useSuggestion } from "../hooks/use-suggestion";
import { useTemplateList } from "../hooks/use-template-list";
import { useTemplateValues } from "../hooks/use-template-values";
import { ownPresence } from "../live/own-presence";
import { mayAttach } from "../model/pictures";
import { unfilledIn } from "../model/template-text";
import type { Conversation } from "../model/types";
import classes from "./composer.module.css";
import { ComposerFailure } from "./composer-failure";
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

/** What is asked before a text with a variable leaves, and when it would. */
interface Question {
  names: string[];
  sendAt: Date | null;
}

export function Composer({ conversation, onSent }: Props) {
  const { t } = useTranslation();
  const { id } = conversation;
  const canWrite = useCanWrite();
  const notes = useNoteDrafts();
  const isNote = useSyncExternalStore(notes.subscribe, () => notes.isChosen(id));
  const replyText = useComposerText(id, useReplyDrafts());
  const noteText = useComposerText(id, notes);
  const text = isNote ? noteText : replyText;
  useDraftsOfOtherDevices(id);
  useCursorBehindPutBack(id, replyText.field);
  const reply = useReply(id);
  const note = useAddNote(id);
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
  const [question, setQuestion] = useState<Question | null>(null);
  const [isTooSoon, setIsTooSoon] = useState(false);
  const [wasOffline, setWasOffline] = useState(false);
  const isOffline = useIsOffline();
  const isEmpty = length === 0 && (isNote || !pictures.hasReady);

  useEffect(() => (canWrite ? ownPresence.enter(id) : undefined), [canWrite, id]);

  /** The text that may leave now; null where something stands against it. */
  function prepare(sendAt: Date | null, isSure: boolean): string | null {
    const words = text.latest().trim();
    const isNothing = words === "" && (isNote || !pictures.hasReady || sendAt !== null);
    const isBusy = isNote ? note.isPending : sendAt !== null && reply.isScheduling;
    if (isNothing || isBusy || isLocked || (!isNote && !canReply)) return null;
    const isUploading = !isNote && pictures.isUploading;
    setIsTooSoon(isUploading);
    if (isUploading) return null;
    const names = isNote || isSure ? [] : unfilledIn(words);
    setQuestion(names.length > 0 ? { names, sendAt } : null);
    return names.length > 0 ? null : words;
  }

  function submit(sendAt: Date | null = null, isSure = false): void {
    const words = prepare(sendAt, isSure);
    if (words === null) return;
    if (isNote) {
      onSent();
      note.save(words);
      return;
    }
    setWasOffline(isOffline);
    if (isOffline) return;
    text.clear();
    suggestion.cancel();
    if (sendAt === null) {
      onSent();
      reply.send(words);
    } else {
      reply.sendLater(words, sendAt);
    }
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
      <ComposerFailure
        isOffline={!isNote && wasOffline && isOffline}
        noteError={isNote ? note.error : null}
        reply={isNote ? null : reply.failed}
      />
      {!isNote && <PictureTray talk={id} pictures={pictures.list} />}
      {!isNote && isTooSoon && pictures.isUploading && (
        <div className={classes.hint} role="status">
          {t("pictures.wait")}
        </div>
      )}
      <div className={classes.field} data-note={isNote || undefined}>
        <ComposerField
          text={text}
          templates={templates}
          isNote={isNote}
          isDisabled={isDisabled}
          isLocked={isLocked}
          onSubmit={() => submit()}
          onTakeBack={reply.takeBack}
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
                isDisabled={length === 0 || isDisabled || isLocked || reply.isScheduling}
                hasPictures={pictures.list.length > 0}
                onPick={submit}
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
        names={question?.names ?? []}
        onBack={() => setQuestion(null)}
        onSend={() => submit(question?.sendAt ?? null, true)}
        onClosed={() => text.field.current?.focus()}
      />
    </footer>
  );
}
