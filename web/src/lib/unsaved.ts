import { useState } from "react";
import { keepDraft, readDraft } from "./drafts";

/** Storing more at every key would be felt; longer texts are guarded by the warning alone. */
const longestKept = 200_000;

interface Unsaved<T> {
  /** What differs from the saved, field by field. */
  changes: Partial<T>;
  change: (part: Partial<T>) => void;
  forget: () => void;
  /** The changes come from before a reload or a new login. */
  wasRestored: boolean;
}

/** The changes of a form that the server does not have yet, kept for the life of the tab. */
export function useUnsaved<T extends object>(
  id: string,
  secret: readonly (keyof T)[] = [],
): Unsaved<T> {
  const [found] = useState(() => parse<T>(readDraft(id)));
  const [changes, setChanges] = useState<Partial<T>>(found ?? {});
  const [wasRestored, setWasRestored] = useState(found !== null);

  function change(part: Partial<T>): void {
    const next = { ...changes, ...part };
    setChanges(next);
    const kept: Partial<T> = { ...next };
    for (const field of secret) delete kept[field];
    keep(id, kept);
  }

  function forget(): void {
    setChanges({});
    setWasRestored(false);
    keepDraft(id, "");
  }

  return { changes, change, forget, wasRestored };
}

function keep(id: string, value: object): void {
  const text = JSON.stringify(value);
  try {
    keepDraft(id, text.length > longestKept ? "" : text);
  } catch {
    keepDraft(id, ""); // the tab's storage is full
  }
}

function parse<T>(text: string): Partial<T> | null {
  return text === "" ? null : (JSON.parse(text) as Partial<T>);
}
