import { Alert, Button, Group, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { useIsPhone } from "@/lib/viewport";
import { useSaveTemplate } from "../api/templates";
import { insertInto } from "../model/insertion";
import { fillTemplate, templateVariables } from "../model/template-text";
import type { Template } from "../model/types";
import classes from "./templates.module.css";

interface Props {
  /** Which one is edited; null: none. */
  template: Template | "new" | null;
  onClose: () => void;
}

export function TemplateForm({ template, onClose }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  return (
    <Modal
      opened={template !== null}
      onClose={onClose}
      size="lg"
      fullScreen={isPhone}
      title={t(template === "new" ? "templates.newTitle" : "templates.editTitle")}
    >
      {template !== null && (
        <Fields template={template === "new" ? null : template} onClose={onClose} />
      )}
    </Modal>
  );
}

function Fields({ template, onClose }: { template: Template | null; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveTemplate(template?.id ?? null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [title, setTitle] = useState(template?.title ?? "");
  const [shortcut, setShortcut] = useState(template?.shortcut ?? "");
  const [text, setText] = useState(template?.text ?? "");
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const word = shortcut.trim().replace(/^\//, "");
  const isWordWrong = !/^[\p{L}\p{N}_-]+$/u.test(word);

  function insert(name: string): void {
    const { current: area } = field;
    const start = area?.selectionStart ?? text.length;
    setText(insertInto(text, start, area?.selectionEnd ?? start, `{${name}}`).text);
    area?.focus();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setWasSubmitted(true);
    if (title.trim() === "" || text.trim() === "" || isWordWrong) return;
    save.mutate({ title, text, shortcut: word }, { onSuccess: onClose });
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Group gap="sm" align="flex-start" wrap="nowrap" className={classes.names}>
          <TextInput
            label={t("templates.name")}
            maxLength={200}
            autoComplete="off"
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={wasSubmitted && title.trim() === "" && t("templates.fillName")}
            data-autofocus
          />
          <TextInput
            label={t("templates.shortcut")}
            leftSection="/"
            maxLength={33}
            autoComplete="off"
            value={shortcut}
            onChange={(event) => setShortcut(event.currentTarget.value)}
            error={wasSubmitted && isWordWrong && t("templates.shortcutWrong")}
          />
        </Group>
        <div className={classes.textField}>
          <Textarea
            ref={field}
            label={t("templates.text")}
            autosize
            minRows={4}
            maxRows={12}
            maxLength={5000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={wasSubmitted && text.trim() === "" && t("templates.fillText")}
          />
          <fieldset className={classes.variables} aria-label={t("templates.variables")}>
            {templateVariables.map((name) => (
              <Button key={name} variant="default" size="compact-sm" onClick={() => insert(name)}>
                {name}
              </Button>
            ))}
          </fieldset>
        </div>
        <Preview text={text} />
        {save.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {errorText(save.error)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("templates.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** How the text reaches a customer; the names in it are an example. */
function Preview({ text }: { text: string }) {
  const { t } = useTranslation();
  const { user, workspace } = useMe();
  const filled = fillTemplate(text, {
    имя: t("templates.example.name"),
    объявление: t("templates.example.listing"),
    цена: t("templates.example.price"),
    ссылка: "https://www.avito.ru/…",
    город: t("templates.example.city"),
    менеджер: user.name,
    компания: workspace.name,
  });
  return (
    <section aria-label={t("templates.preview")}>
      <div className={classes.previewTitle}>{t("templates.preview")}</div>
      <div className={classes.preview}>{filled.trim() || t("templates.previewEmpty")}</div>
    </section>
  );
}
