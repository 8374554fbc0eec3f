/** What stands in the field of one talk, here and, as far as we know, on the server. */
export interface ReplyDraft {
  text: string;
  /** When it was last typed here; null for a text that came from the server. */
  typedAt: string | null;
  /** The server's version that this text follows; null where the server had none. */
  basedOn: string | null;
  /** The server does not have this text yet. */
  isUnsaved: boolean;
  /** Words from another device that this text took the place of: kept until they are looked at. */
  other: string | null;
}

export interface ServerDraft {
  text: string;
  saved_at: string | null;
}

export const emptyDraft: ReplyDraft = {
  text: "",
  typedAt: null,
  basedOn: null,
  isUnsaved: false,
  other: null,
};

/** A draft as this browser kept it; null where that is damaged. */
export function draftIn(kept: Record<string, unknown> | null): ReplyDraft | null {
  if (typeof kept?.text !== "string") return null;
  const words = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    text: kept.text,
    typedAt: words(kept.typedAt),
    basedOn: words(kept.basedOn),
    isUnsaved: kept.isUnsaved === true,
    other: words(kept.other),
  };
}

export function typed(draft: ReplyDraft, text: string, at: string): ReplyDraft {
  if (draft.text === text) return draft;
  return { ...draft, text, typedAt: at, isUnsaved: true };
}

/** A text that could not be sent, or was taken back: before what has been typed since. */
export function putBack(draft: ReplyDraft, text: string, at: string): ReplyDraft {
  const parts = [text, draft.text].filter((part) => part.trim() !== "");
  return typed(draft, parts.join("\n"), at);
}

/** What the server keeps: it may come from another device. The newer text stands in the field. */
export function told(draft: ReplyDraft, server: ServerDraft): ReplyDraft {
  const { text, saved_at: savedAt } = server;
  if (!draft.isUnsaved) {
    return { ...draft, text, basedOn: savedAt, typedAt: null };
  }
  const isKnown = savedAt === draft.basedOn || text === "" || text === draft.text;
  if (isKnown) return { ...draft, basedOn: savedAt };
  const isServersNewer = savedAt !== null && savedAt > (draft.typedAt ?? "");
  return isServersNewer
    ? { text, typedAt: null, basedOn: savedAt, isUnsaved: false, other: draft.text || draft.other }
    : { ...draft, basedOn: savedAt, other: text };
}

/** The server has `text`, in place of `replaced` if that came from another device. */
export function saved(
  draft: ReplyDraft,
  text: string,
  answer: { saved_at: string | null; replaced: string | null },
): ReplyDraft {
  return {
    ...draft,
    basedOn: answer.saved_at,
    isUnsaved: draft.text !== text,
    other: answer.replaced || draft.other,
  };
}

/** Nothing of it needs to be kept here. */
export function isSpent(draft: ReplyDraft): boolean {
  return draft.text === "" && !draft.isUnsaved && draft.other === null;
}
