import { useCombobox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { templatesQuery } from "../api/templates";
import { searchTemplates, slashAt } from "../model/template-search";
import { fillTemplate, firstUnfilled, type TemplateValues } from "../model/template-text";
import type { ComposerText } from "./use-composer-text";

/** The list of templates that a slash opens, and what choosing one does. */
export function useTemplateList(text: ComposerText, values: TemplateValues, isOn: boolean) {
  const { data: templates } = useQuery({ ...templatesQuery(), enabled: isOn });
  const [cursor, setCursor] = useState(text.value.length);
  const [shutAt, setShutAt] = useState<number | null>(null);
  const slash = isOn ? slashAt(text.value, cursor) : null;
  const found = slash && templates ? searchTemplates(templates, slash.query) : [];
  // Nothing to offer for what is typed is no list; nothing at all is said once, at the slash alone.
  const isEmpty = templates?.length === 0 && slash?.query === "";
  const isOpen = slash !== null && slash.start !== shutAt && (found.length > 0 || isEmpty);
  const combobox = useCombobox({
    opened: isOpen,
    onOpenedChange: (opened) => setShutAt(opened ? null : (slash?.start ?? null)),
  });
  const shown = isOpen ? found.map(({ id }) => id).join() : "";
  // The first of what is offered is chosen by Enter; it can be marked only once it is shown.
  const { selectFirstOption } = combobox;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list chooses anew
  useEffect(() => {
    if (shown !== "") selectFirstOption();
  }, [shown]);

  function moved(to: number): void {
    setCursor(to);
    if (slashAt(text.value, to) === null) setShutAt(null);
  }

  function pick(id: string): void {
    const template = templates?.find((each) => each.id === id);
    if (!template || !slash) return;
    const filled = fillTemplate(template.text, values);
    text.replace(filled, slash.start, slash.end);
    const rest = firstUnfilled(filled);
    const { current: field } = text.field;
    // What the talk does not know is marked, to be typed over.
    if (rest) field?.setSelectionRange(slash.start + rest.start, slash.start + rest.end);
    setCursor(field?.selectionStart ?? 0);
  }

  /** The button: as if a slash were typed where the cursor stands. */
  function open(): void {
    const { start: at } = text.selection();
    const needsSpace = at > 0 && !/\s/.test(text.value[at - 1] ?? "");
    text.insert(needsSpace ? " /" : "/");
    setShutAt(null);
    setCursor(at + (needsSpace ? 2 : 1));
  }

  return { combobox, found, isOpen, isEmpty, moved, open, pick, values };
}

export type TemplateList = ReturnType<typeof useTemplateList>;
