import { ActionIcon, Alert, Button, Switch, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconArrowLeft } from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { PaneHead } from "@/components/ui/pane-head";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { lengthOf } from "@/lib/text-length";
import { useUnsaved } from "@/lib/unsaved";
import { type DocumentFields, useSaveDocument } from "../api/queries";
import { documentLimits, textProblem, titleProblem } from "../model/document-limits";
import { DeleteDocument } from "./delete-document";
import classes from "./document-form.module.css";

interface Props {
  /** Null: a new one. */
  id: string | null;
  saved: DocumentFields;
  onClose: () => void;
  onDone: () => void;
}

const fields = ["title", "text", "enabled"] as const;

export function DocumentForm({ id, saved, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const { changes, change, forget, wasRestored } = useUnsaved<DocumentFields>(
    `document:${id ?? "new"}`,
  );
  const save = useSaveDocument(id);
  const [wasSubmitted, submitted] = useDisclosure(false);
  const [isDeleting, deletion] = useDisclosure(false);
  const { title, text, enabled } = { ...saved, ...changes };
  const isUnsaved = fields.some((field) => field in changes && changes[field] !== saved[field]);
  const problems = { title: titleProblem(title), text: textProblem(text) };
  const isLocked = !canSetUp || save.isPending;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (isLocked) return;
    submitted.open();
    const wrong = problems.title ? "title" : problems.text ? "text" : null;
    if (wrong) {
      const field = event.currentTarget.elements.namedItem(wrong);
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    save.mutate(id === null ? { title, text, enabled } : changes, { onSuccess: done });
  }

  function done(): void {
    forget();
    notifications.show({ message: t(enabled ? "documents.saved" : "documents.savedOff") });
    onDone();
  }

  function problemOf(field: "title" | "text"): string | null {
    const problem = problems[field];
    if (problem === "long") {
      return t("documents.long", {
        length: formatNumber(lengthOf({ title, text }[field])),
        limit: formatNumber(documentLimits[field]),
      });
    }
    return problem && wasSubmitted ? t(`documents.fill.${field}`) : null;
  }

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <PaneHead
        title={t(id === null ? "documents.new" : "documents.one")}
        headingRef={id === null ? undefined : focusOnceShown}
        back={
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("documents.toList")}
            onClick={onClose}
          >
            <IconArrowLeft size={20} aria-hidden />
          </ActionIcon>
        }
      />
      <div className={classes.fields}>
        {wasRestored && isUnsaved && (
          <p className={classes.note} role="status">
            {t("unsaved.restored")}
          </p>
        )}
        <TextInput
          ref={id === null ? focusOnceShown : undefined}
          name="title"
          label={t("documents.name")}
          placeholder={canSetUp ? t("documents.nameExample") : undefined}
          autoComplete="off"
          readOnly={isLocked}
          value={title}
          onChange={(event) => change({ title: event.currentTarget.value })}
          error={problemOf("title")}
        />
        <Textarea
          classNames={{ root: classes.text, wrapper: classes.wrapper, input: classes.input }}
          name="text"
          label={t("documents.text")}
          description={canSetUp ? t("documents.textHint") : undefined}
          readOnly={isLocked}
          value={text}
          onChange={(event) => change({ text: event.currentTarget.value })}
          error={problemOf("text")}
        />
        {canSetUp ? (
          <Switch
            color="bot"
            label={t("documents.enabled")}
            checked={enabled}
            onChange={(event) => {
              if (!isLocked) change({ enabled: event.currentTarget.checked });
            }}
          />
        ) : (
          !enabled && <p className={classes.note}>{t("documents.offText")}</p>
        )}
        {save.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {t("documents.notSaved", { reason: errorText(save.error) })}
          </Alert>
        )}
      </div>
      {canSetUp && (
        <div className={classes.acts}>
          <Button type="submit" loading={save.isPending}>
            {t("unsaved.save")}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          {id !== null && (
            <Button className={classes.delete} variant="subtle" color="bad" onClick={deletion.open}>
              {t("documents.delete")}
            </Button>
          )}
        </div>
      )}
      {id !== null && (
        <DeleteDocument
          id={id}
          title={saved.title}
          isOpen={isDeleting}
          onClose={deletion.close}
          onDeleted={() => {
            forget();
            onDone();
          }}
        />
      )}
      <LeaveGuard
        isUnsaved={isUnsaved}
        title={t("documents.leaveTitle")}
        text={t("documents.leaveText")}
        leaves={({ current, next }) =>
          current.pathname !== next.pathname || shownIn(current.search) !== shownIn(next.search)
        }
        onLeave={forget}
      />
    </form>
  );
}

// The row that was clicked is gone from the screen, and the focus with it.
function focusOnceShown(element: HTMLElement | null): void {
  element?.focus();
}

function shownIn(search: object): unknown {
  return "document" in search ? search.document : undefined;
}
