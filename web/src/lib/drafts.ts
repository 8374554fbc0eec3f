const prefix = "besedka.draft.";

/** Unsent texts, kept for the life of the tab so that switching talks loses nothing. */
export function readDraft(id: string): string {
  return sessionStorage.getItem(prefix + id) ?? "";
}

export function keepDraft(id: string, text: string): void {
  if (text === "") sessionStorage.removeItem(prefix + id);
  else sessionStorage.setItem(prefix + id, text);
}

export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  }
}
