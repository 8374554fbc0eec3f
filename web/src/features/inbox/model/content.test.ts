import { describe, expect, it } from "vitest";
import { makeMessage } from "@/testing/make";
import { contentOf, linkParts, webUrl } from "./content";

describe("what a message shows", () => {
  it("picks a preview that is large enough, and the largest photo", () => {
    const sizes = {
      "32x32": "https://img.example/s",
      "640x480": "https://img.example/m",
      "1280x960": "https://img.example/l",
      "140x105": "https://img.example/t",
    };

    expect(contentOf(makeMessage({ type: "image", content: { sizes } }))).toEqual({
      kind: "image",
      preview: "https://img.example/m",
      full: "https://img.example/l",
    });
  });

  it("shows a photo without addresses as unknown instead of breaking", () => {
    for (const content of [{}, { sizes: null }, { sizes: { "640x480": 5 } }]) {
      expect(contentOf(makeMessage({ type: "image", content })).kind).toBe("unknown");
    }
  });

  it("never makes a link of anything but a web address", () => {
    expect(webUrl("javascript:alert(1)")).toBeNull();
    expect(webUrl("data:text/html,x")).toBeNull();
    expect(
      contentOf(makeMessage({ type: "link", text: "смотрите", content: { url: "javascript:1" } })),
    ).toEqual({ kind: "text", text: "смотрите" });
  });

  it("says that a recalled message was ours and a deleted one theirs", () => {
    const deleted = { deleted_at: "2026-11-20T10:00:00Z" };

    expect(contentOf(makeMessage({ ...deleted, direction: "out" }))).toMatchObject({
      isRecalled: true,
    });
    expect(contentOf(makeMessage({ type: "deleted" }))).toMatchObject({ isRecalled: false });
  });

  it("shows a type of a newer server as unknown", () => {
    expect(contentOf(makeMessage({ type: "hologram" })).kind).toBe("unknown");
  });

  it("finds web addresses in a text and leaves the full stop outside", () => {
    expect(linkParts("Вот https://avito.ru/1, и ещё http://ya.ru.")).toEqual([
      { kind: "text", text: "Вот " },
      { kind: "link", text: "https://avito.ru/1" },
      { kind: "text", text: ", и ещё " },
      { kind: "link", text: "http://ya.ru" },
      { kind: "text", text: "." },
    ]);
  });
});
