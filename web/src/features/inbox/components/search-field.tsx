import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback, useHotkeys } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { searchDelayMs } from "../api/search";
import classes from "./search-field.module.css";
import { focusResult } from "./search-keys";

interface Props {
  /** What the address asks for; null when nothing is searched. */
  question: string | null;
  onQuestion: (question: string | null) => void;
  hasFocus?: boolean;
}

/** Asks as one types. `/` leads here, arrows on to the results, Escape back to the inbox. */
export function SearchField({ question, onQuestion, hasFocus = false }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(question ?? "");
  const [known, setKnown] = useState(question);
  const ask = useDebouncedCallback((next: string) => onQuestion(next === "" ? null : next), {
    delay: searchDelayMs,
  });
  useHotkeys([["/", () => field.current?.focus()]]);

  // The address was changed by others than this field: by "back", or by a click on the logo.
  if (known !== question) {
    setKnown(question);
    if (question !== (text.trim() || null)) setText(question ?? "");
  }

  function change(next: string): void {
    setText(next);
    ask(next.trim());
  }

  function leave(): void {
    ask.cancel();
    setText("");
    onQuestion(null);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key === "Escape") {
      leave();
      field.current?.blur();
    }
    if (event.key === "Enter") ask.flush();
    if (event.key === "ArrowDown" && focusResult("first")) event.preventDefault();
  }

  return (
    <TextInput
      ref={field}
      type="search"
      className={classes.field}
      classNames={{ input: classes.input }}
      aria-label={t("search.label")}
      placeholder={t("search.placeholder")}
      maxLength={200}
      autoFocus={hasFocus}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSectionPointerEvents="all"
      rightSection={
        text === "" ? (
          <Kbd size="xs" className={classes.key} aria-hidden>
            /
          </Kbd>
        ) : (
          <CloseButton size="sm" aria-label={t("search.clear")} onClick={leave} />
        )
      }
    />
  );
}
