import { keep, keptUnder, readKept } from "@/lib/kept";

interface NoteDraft {
  text: string;
  /** One writes a note in this talk, not a reply. */
  isChosen: boolean;
}

const none: NoteDraft = { text: "", isChosen: false };

/**
 * The notes that one user has begun, and where the field stands for one. They stay in this browser:
 * what the server keeps of a talk is the reply, and a note must never become one.
 */
export class NoteDrafts {
  readonly #drafts = new Map<string, NoteDraft>();
  readonly #listeners = new Set<() => void>();
  readonly #prefix: string;

  constructor(userId: string) {
    this.#prefix = `besedka.note.${userId}.`;
    for (const id of keptUnder(this.#prefix)) {
      const { text, isChosen } = readKept(this.#prefix + id) ?? {};
      if (typeof text === "string") this.#drafts.set(id, { text, isChosen: isChosen === true });
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  text(id: string): string {
    return this.#of(id).text;
  }

  isChosen(id: string): boolean {
    return this.#of(id).isChosen;
  }

  write(id: string, text: string): void {
    this.#set(id, { ...this.#of(id), text });
  }

  choose(id: string, isChosen: boolean): void {
    this.#set(id, { ...this.#of(id), isChosen });
  }

  /** The note is saved: the field is free for a reply again, unless more stands there by now. */
  saved(id: string, text: string): void {
    if (this.text(id).trim() === text) this.#set(id, none);
  }

  /** A note that could not be saved: before what stands there, unless it never left the field. */
  putBack(id: string, text: string): void {
    const now = this.text(id);
    if (now.includes(text)) return;
    this.write(id, now.trim() === "" ? text : `${text}\n${now}`);
  }

  #of(id: string): NoteDraft {
    return this.#drafts.get(id) ?? none;
  }

  #set(id: string, draft: NoteDraft): void {
    const isSpent = draft.text === "" && !draft.isChosen;
    if (isSpent) this.#drafts.delete(id);
    else this.#drafts.set(id, draft);
    keep(this.#prefix + id, isSpent ? null : draft);
    for (const listener of this.#listeners) listener();
  }
}
