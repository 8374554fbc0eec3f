import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { contactCardQuery } from "../api/details";
import { useNoteDrafts } from "../api/reply-drafts";
import { useAddNote } from "../api/use-send-message";
import { useSendKey } from "../hooks/use-send-key";
import type { ContactCard, Conversation } from "../model/types";
import { BubbleText } from "./bubble-text";
import classes from "./details-notes.module.css";
import panel from "./details-panel.module.css";
import { DetailsSection } from "./details-section";

const shownAtFirst = 3;

/** What colleagues wrote about this contact, in any of the talks. */
export function DetailsNotes({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const [areAllShown, setAreAllShown] = useState(false);
  const { data: card } = useQuery(contactCardQuery(conversation.contact.id));
  const notes = card?.notes ?? [];
  const shown = areAllShown ? notes : notes.slice(0, shownAtFirst);
  return (
    <DetailsSection title={t("details.notes")}>
      {canWrite && <AddNote key={conversation.id} conversation={conversation} />}
      {card && notes.length === 0 && !canWrite && (
        <p className={panel.none}>{t("details.noNotes")}</p>
      )}
      {card && shown.length > 0 && (
        <ul className={classes.notes}>
          {shown.map((note) => (
            <Note key={note.id} note={note} card={card} here={conversation.id} />
          ))}
        </ul>
      )}
      {notes.length > shown.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAreAllShown(true)}>
          {t("details.allNotes", { count: notes.length })}
        </Button>
      )}
    </DetailsSection>
  );
}

interface NoteProps {
  note: ContactCard["notes"][number];
  card: ContactCard;
  /** The talk on the screen. */
  here: string;
}

function Note({ note, card, here }: NoteProps) {
  const now = useMinute();
  const talk = card.talks.find(({ id }) => id === note.conversation_id);
  const isElsewhere = note.conversation_id !== here;
  const facts = [
    note.author.name,
    formatRowTime(note.sent_at, now),
    isElsewhere && talk?.listing?.title,
  ].filter(Boolean);
  return (
    <li className={classes.note}>
      <BubbleText text={note.text} />
      <div className={classes.by}>{facts.join(" · ")}</div>
    </li>
  );
}

function AddNote({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { id } = conversation;
  const drafts = useNoteDrafts();
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.text(id));
  const note = useAddNote(id);
  const isSend = useSendKey();
  const isEmpty = text.trim() === "";

  function save(): void {
    if (!isEmpty && !note.isPending) note.save(text.trim());
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isSend(event)) return;
    event.preventDefault();
    save();
  }

  return (
    <div className={classes.add}>
      <Textarea
        classNames={{ input: classes.input }}
        aria-label={t("details.addNote")}
        placeholder={t("details.notePlaceholder")}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={20_000}
        value={text}
        onChange={(event) => drafts.write(id, event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={note.error && t("composer.noteFailed", { reason: errorText(note.error) })}
      />
      {!isEmpty && (
        <Button size="compact-sm" loading={note.isPending} onClick={save}>
          {t("composer.addNote")}
        </Button>
      )}
    </div>
  );
}
