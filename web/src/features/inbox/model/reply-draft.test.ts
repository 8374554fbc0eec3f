import { describe, expect, it } from "vitest";
import { emptyDraft, isSpent, putBack, saved, told, typed } from "./reply-draft";

const noon = "2026-11-21T12:00:00.000Z";
const later = "2026-11-21T12:05:00.000Z";
const latest = "2026-11-21T12:09:00.000Z";

describe("a draft on two devices", () => {
  it("shows what the server keeps where nothing was typed here", () => {
    const draft = told(emptyDraft, { text: "С телефона", saved_at: noon });

    expect(draft).toMatchObject({ text: "С телефона", basedOn: noon, isUnsaved: false });
    expect(told(draft, { text: "", saved_at: null }).text).toBe("");
  });

  it("keeps what was typed here, and the older words of the other device beside it", () => {
    const draft = told(typed(emptyDraft, "Здесь", later), { text: "Там", saved_at: noon });

    expect(draft).toMatchObject({ text: "Здесь", basedOn: noon, isUnsaved: true, other: "Там" });
  });

  it("shows the newer words of the other device, and keeps those typed here", () => {
    const draft = told(typed(emptyDraft, "Здесь", noon), { text: "Там", saved_at: later });

    expect(draft).toMatchObject({ text: "Там", isUnsaved: false, other: "Здесь" });
  });

  it("has no conflict with the version that it follows, or with the same words", () => {
    const known = told(emptyDraft, { text: "Да", saved_at: noon });
    const here = typed(known, "Да, ждём", later);

    expect(told(here, { text: "Да", saved_at: noon }).other).toBeNull();
    expect(told(here, { text: "Да, ждём", saved_at: latest }).other).toBeNull();
    expect(told(here, { text: "", saved_at: null }).text).toBe("Да, ждём");
  });

  it("is saved only when the words that were sent are those that stand there", () => {
    const draft = typed(emptyDraft, "Да, ждём", later);

    expect(saved(draft, "Да", { saved_at: latest, replaced: null }).isUnsaved).toBe(true);
    const kept = saved(draft, "Да, ждём", { saved_at: latest, replaced: "Там" });
    expect(kept).toMatchObject({ isUnsaved: false, basedOn: latest, other: "Там" });
  });

  it("is needed no more once it is empty and the server knows it", () => {
    const cleared = typed(typed(emptyDraft, "Да", noon), "", later);

    expect(isSpent(cleared)).toBe(false);
    expect(isSpent(saved(cleared, "", { saved_at: null, replaced: null }))).toBe(true);
  });
});

describe("a text that comes back", () => {
  it("stands before what was typed since", () => {
    expect(putBack(typed(emptyDraft, "Второе", noon), "Первое", later).text).toBe("Первое\nВторое");
    expect(putBack(emptyDraft, "Первое", noon)).toMatchObject({ text: "Первое", isUnsaved: true });
  });
});
