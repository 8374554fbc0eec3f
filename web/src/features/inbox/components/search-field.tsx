import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback, useWindowEvent } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { searchDelayMs } from "../api/search";
import { isSearch, isTakenBy } from "../model/keys";
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
  // What this field asked and the address does not say yet: it follows when the page is there.
  const [asked, setAsked] = useState<readonly string[]>([]);
  const ask = useDebouncedCallback(put, { delay: searchDelayMs });
  useWindowEvent("keydown", (event) => {
    if (event.defaultPrevented || isTakenBy(event.target) || !isSearch(event)) return;
    event.preventDefault();
    field.current?.focus();
  });

  if (known !== question) {
    setKnown(question);
    const at = asked.lastIndexOf(question ?? "");
    setAsked(at === -1 ? [] : asked.slice(at + 1));
    // The address was changed by others than this field: by "back", or by a click on the logo.
    if (at === -1) setText(question ?? "");
  }

  function put(next: string): void {
    setAsked((before) => [...before, next]);
    onQuestion(next === "" ? null : next);
  }

  function change(next: string): void {
    setText(next);
    ask(next.trim());
  }

  function leave(): void {
    ask.cancel();
    setText("");
    put("");
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
