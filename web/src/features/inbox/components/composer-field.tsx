import { Combobox, Textarea } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ComposerText } from "../hooks/use-composer-text";
import { useSendKey } from "../hooks/use-send-key";
import type { TemplateList } from "../hooks/use-template-list";
import { ownPresence } from "../live/own-presence";
import classes from "./composer.module.css";
import { replyMark } from "./reply-field";
import { TemplateOptions } from "./template-options";

const maxLength = 20_000;

interface Props {
  text: ComposerText;
  templates: TemplateList;
  isNote: boolean;
  isDisabled: boolean;
  /** A colleague answers: the text stays to be read, and cannot be changed. */
  isLocked: boolean;
  onSubmit: () => void;
  /** Returns whether there was anything to take back. */
  onTakeBack: () => boolean;
}

export function ComposerField(props: Props) {
  const { text, templates, isNote, isDisabled, isLocked, onSubmit, onTakeBack } = props;
  const { t } = useTranslation();
  const isSend = useSendKey();
  const name = t(isNote ? "composer.notePlaceholder" : "composer.placeholder");

  function onKeyDown(event: KeyboardEvent): void {
    const hasControl = event.ctrlKey || event.metaKey;
    // By its place: the key has another letter in the Russian layout.
    const isUndo = event.code === "KeyZ" && hasControl && !event.shiftKey && text.value === "";
    if (isUndo && onTakeBack()) event.preventDefault();
    if (templates.isOpen && templates.found.length > 0) return; // the list has the keys
    if (event.key === "Escape" && !templates.isOpen && !event.nativeEvent.isComposing) {
      text.field.current?.blur();
    }
    if (!isSend(event)) return;
    event.preventDefault();
    onSubmit();
  }

  return (
    <Combobox
      store={templates.combobox}
      onOptionSubmit={templates.pick}
      position="top-start"
      offset={12}
      width="target"
      withinPortal
    >
      <Combobox.Target withKeyboardNavigation={templates.isOpen}>
        <Textarea
          ref={text.field}
          {...replyMark}
          variant="unstyled"
          classNames={{ input: classes.input }}
          aria-label={name}
          placeholder={name}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={maxLength}
          disabled={isDisabled}
          readOnly={isLocked}
          value={text.value}
          onChange={(event) => {
            text.write(event.currentTarget.value);
            templates.moved(event.currentTarget.selectionStart);
            if (!isNote) ownPresence.typed();
          }}
          onSelect={(event) => templates.moved(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <TemplateOptions list={templates} />
    </Combobox>
  );
}
