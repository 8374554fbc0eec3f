import { isRefused } from "@/lib/api-error";
import { keep, keptUnder, readKept } from "@/lib/kept";
import {
  draftIn,
  emptyDraft,
  isSpent,
  putBack,
  type ReplyDraft,
  type ServerDraft,
  saved,
  told,
  typed,
} from "../model/reply-draft";

export interface DraftServer {
  read: (id: string) => Promise<ServerDraft>;
  /** What the server has now, and another device's words that it replaced. */
  save: (
    id: string,
    text: string,
    basedOn: string | null,
  ) => Promise<{ saved_at: string | null; replaced: string | null }>;
  list: () => Promise<{ conversation_id: string; text: string }[]>;
}

const pauseMs = 700;
const retryMs = 10_000;
const listAgainMs = 15_000;

/**
 * The drafts of one user: typed into this browser's storage at once, on the server a moment later,
 * or when it can be reached again.
 */
export class ReplyDrafts {
  readonly #drafts = new Map<string, ReplyDraft>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #questions = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #saving = new Set<string>();
  /** How often each has changed here. */
  readonly #changes = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  readonly #hearers = new Set<(id: string) => void>();
  readonly #prefix: string;
  readonly #server: DraftServer;
  #listed = new Map<string, string>();
  #listedAt = 0;

  constructor(userId: string, server: DraftServer) {
    this.#server = server;
    this.#prefix = `besedka.reply.${userId}.`;
    for (const id of keptUnder(this.#prefix)) this.#restore(id);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#listen(true);
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#listen(false);
    };
  };

  /** Tells when a text comes back into the field of a talk. */
  onPutBack(hear: (id: string) => void): () => void {
    this.#hearers.add(hear);
    return () => this.#hearers.delete(hear);
  }

  text(id: string): string {
    return this.#of(id).text;
  }

  /** The words that a row shows; empty where nothing is begun. */
  preview(id: string): string {
    return this.#drafts.get(id)?.text ?? this.#listed.get(id) ?? "";
  }

  other(id: string): string | null {
    return this.#of(id).other;
  }

  write(id: string, text: string): void {
    this.#set(id, typed(this.#of(id), text, new Date().toISOString()));
    this.#saveSoon(id, pauseMs);
  }

  putBack(id: string, text: string): void {
    this.#set(id, putBack(this.#of(id), text, new Date().toISOString()));
    this.#saveSoon(id, pauseMs);
    for (const hear of this.#hearers) hear(id);
  }

  forgetOther(id: string): void {
    this.#set(id, { ...this.#of(id), other: null });
  }

  /** Ask what other devices have left in this talk. */
  async open(id: string): Promise<void> {
    clearTimeout(this.#questions.get(id));
    const before = this.#changes.get(id);
    const answer = await this.#server.read(id).catch(() => null);
    if (answer === null) return;
    if (this.#changes.get(id) === before && !this.#saving.has(id)) {
      this.#set(id, told(this.#of(id), answer));
      if (this.#of(id).isUnsaved) this.#saveSoon(id, pauseMs);
    } else {
      // The answer is older than what stands in the field: it is asked for again.
      this.#questions.set(
        id,
        setTimeout(() => void this.open(id), pauseMs),
      );
    }
  }

  async list(): Promise<void> {
    if (Date.now() - this.#listedAt < listAgainMs) return;
    this.#listedAt = Date.now();
    const drafts = await this.#server.list().catch(() => null);
    if (drafts === null) return;
    this.#listed = new Map(drafts.map((draft) => [draft.conversation_id, draft.text]));
    this.#tell();
  }

  /** On signing out: what the server has is forgotten here; what it lacks is kept for the return. */
  leave(): void {
    for (const timers of [this.#timers, this.#questions]) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    }
    for (const [id, draft] of this.#drafts) {
      if (!draft.isUnsaved) keep(this.#prefix + id, null);
    }
    this.#drafts.clear();
    this.#listed.clear();
    this.#listedAt = 0;
  }

  #of(id: string): ReplyDraft {
    return this.#drafts.get(id) ?? emptyDraft;
  }

  #set(id: string, draft: ReplyDraft): void {
    if (draft === this.#of(id)) return;
    this.#listed.delete(id); // from here on this device knows better
    if (isSpent(draft)) this.#drafts.delete(id);
    else this.#drafts.set(id, draft);
    this.#changes.set(id, (this.#changes.get(id) ?? 0) + 1);
    keep(this.#prefix + id, isSpent(draft) ? null : draft);
    this.#tell();
  }

  #restore(id: string): void {
    const draft = draftIn(readKept(this.#prefix + id));
    if (draft === null) return;
    this.#drafts.set(id, draft);
    if (draft.isUnsaved) this.#saveSoon(id, pauseMs);
  }

  #saveSoon(id: string, afterMs: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#save(id), afterMs),
    );
  }

  async #save(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    const { text, basedOn, isUnsaved } = this.#of(id);
    if (!isUnsaved || this.#saving.has(id)) return;
    this.#saving.add(id);
    try {
      const answer = await this.#server.save(id, text, basedOn);
      this.#set(id, saved(this.#of(id), text, answer));
      if (this.#of(id).isUnsaved) this.#saveSoon(id, pauseMs);
    } catch (error) {
      // What was refused is tried again only when it has changed or the talk is opened anew.
      if (!isRefused(error)) this.#saveSoon(id, retryMs);
    } finally {
      this.#saving.delete(id);
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #listen(isOn: boolean): void {
    const act = isOn ? "addEventListener" : "removeEventListener";
    window[act]("online", this.#saveAll);
    document[act]("visibilitychange", this.#onVisibility);
    if (isOn) void this.list();
  }

  readonly #saveAll = (): void => {
    for (const id of [...this.#drafts.keys()]) void this.#save(id);
  };

  // A phone may never come back to a page that was left, and another device may be taken up now.
  readonly #onVisibility = (): void => {
    if (document.visibilityState === "hidden") this.#saveAll();
    else void this.list();
  };
}
