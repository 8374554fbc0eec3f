import { isUnreached } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { randomKey } from "@/lib/random-key";
import { uploadFile } from "@/lib/upload";
import { maxPictures, previewUrl } from "../model/pictures";

export interface ShelfPicture {
  key: string;
  name: string;
  /** What to show: the file itself, or the server's preview. */
  url: string;
  state: "uploading" | "ready" | "failed";
  /** From 0 to 100. */
  progress: number;
  attachmentId: string | null;
  error: string | null;
  /** Whether trying again may help: not when the server has refused the picture. */
  canRetry: boolean;
}

interface Entry {
  picture: ShelfPicture;
  file: File | null;
  upload: AbortController;
}

const none: ShelfPicture[] = [];

/** Pictures beside the unsent text of each talk: they wait there while one looks at another talk. */
export class PictureShelf {
  readonly #entries = new Map<string, Entry[]>();
  readonly #shown = new Map<string, ShelfPicture[]>();
  readonly #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  pictures(talk: string): ShelfPicture[] {
    return this.#shown.get(talk) ?? none;
  }

  /** How many of the files found no room. */
  add(talk: string, files: File[]): number {
    const room = Math.max(0, maxPictures - this.pictures(talk).length);
    for (const file of files.slice(0, room)) {
      const entry: Entry = {
        file,
        upload: new AbortController(),
        picture: {
          key: randomKey(),
          name: file.name,
          url: URL.createObjectURL(file),
          state: "uploading",
          progress: 0,
          attachmentId: null,
          error: null,
          canRetry: false,
        },
      };
      this.#entries.set(talk, [...(this.#entries.get(talk) ?? []), entry]);
      void this.#upload(talk, entry, file);
    }
    this.#tell(talk);
    return Math.max(0, files.length - room);
  }

  retry(talk: string, key: string): void {
    const entry = this.#find(talk, key);
    if (!entry?.file || entry.picture.state !== "failed") return;
    this.#change(talk, entry, { state: "uploading", progress: 0, error: null });
    void this.#upload(talk, entry, entry.file);
  }

  remove(talk: string, key: string): void {
    const entry = this.#find(talk, key);
    if (!entry) return;
    entry.upload.abort();
    this.#drop(talk, [entry]);
  }

  /** The uploaded ones, which leave with a reply. */
  take(talk: string): ShelfPicture[] {
    const ready = (this.#entries.get(talk) ?? []).filter(({ picture }) => picture.attachmentId);
    this.#drop(talk, ready, { keepUrls: true });
    return ready.map(({ picture }) => picture);
  }

  /** The reply with these pictures is shown no more: what was held in memory for that is let go. */
  release(pictures: readonly { url: string }[]): void {
    for (const { url } of pictures) if (url.startsWith("blob:")) URL.revokeObjectURL(url);
  }

  /** They have left with a reply after all. */
  forget(talk: string, pictures: readonly { attachmentId: string }[]): void {
    const ids = new Set<string | null>(pictures.map(({ attachmentId }) => attachmentId));
    const left = (this.#entries.get(talk) ?? []).filter(({ picture }) =>
      ids.has(picture.attachmentId),
    );
    this.#drop(talk, left);
  }

  /** Pictures of a reply that did not leave. */
  putBack(talk: string, attachmentIds: string[]): void {
    const known = new Set(this.pictures(talk).map(({ attachmentId }) => attachmentId));
    const entries = attachmentIds
      .filter((id) => !known.has(id))
      .map<Entry>((id) => ({
        file: null,
        upload: new AbortController(),
        picture: {
          key: id,
          name: "",
          url: previewUrl(id),
          state: "ready",
          progress: 100,
          attachmentId: id,
          error: null,
          canRetry: false,
        },
      }));
    this.#entries.set(talk, [...entries, ...(this.#entries.get(talk) ?? [])]);
    this.#tell(talk);
  }

  clear(): void {
    for (const [talk, entries] of this.#entries) {
      for (const entry of entries) entry.upload.abort();
      this.#drop(talk, entries);
    }
  }

  async #upload(talk: string, entry: Entry, file: File): Promise<void> {
    try {
      const answer = await uploadFile(`/api/v1/conversations/${talk}/attachments`, file, {
        signal: entry.upload.signal,
        onProgress: (part) => this.#change(talk, entry, { progress: Math.round(part * 100) }),
      });
      const attachmentId = idIn(answer);
      this.#change(talk, entry, { state: "ready", progress: 100, attachmentId });
    } catch (error) {
      const canRetry = isUnreached(error);
      this.#change(talk, entry, { state: "failed", error: errorText(error), canRetry });
    }
  }

  #find(talk: string, key: string): Entry | undefined {
    return this.#entries.get(talk)?.find(({ picture }) => picture.key === key);
  }

  #change(talk: string, entry: Entry, change: Partial<ShelfPicture>): void {
    entry.picture = { ...entry.picture, ...change };
    this.#tell(talk);
  }

  #drop(talk: string, gone: Entry[], { keepUrls = false } = {}): void {
    const left = (this.#entries.get(talk) ?? []).filter((entry) => !gone.includes(entry));
    if (left.length > 0) this.#entries.set(talk, left);
    else this.#entries.delete(talk);
    for (const { file, picture } of gone) {
      // A reply on its way still shows its pictures by these addresses.
      if (file && !keepUrls) URL.revokeObjectURL(picture.url);
    }
    this.#tell(talk);
  }

  #tell(talk: string): void {
    const entries = this.#entries.get(talk);
    if (entries)
      this.#shown.set(
        talk,
        entries.map(({ picture }) => picture),
      );
    else this.#shown.delete(talk);
    for (const listener of this.#listeners) listener();
  }
}

function idIn(answer: unknown): string | null {
  const id = typeof answer === "object" && answer !== null && "id" in answer ? answer.id : null;
  return typeof id === "string" ? id : null;
}

export const pictureShelf = new PictureShelf();
