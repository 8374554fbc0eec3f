import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api-error";
import type { ServerDraft } from "../model/reply-draft";
import { type DraftServer, ReplyDrafts } from "./reply-drafts";

const user = "user-1";
let saves: [string, string, string | null][];
let isOffline: boolean;
let moment: number;

const server: DraftServer = {
  read: async () => ({ text: "", saved_at: null }),
  save: async (id, text, basedOn) => {
    if (isOffline) throw new Error("offline");
    saves.push([id, text, basedOn]);
    moment += 1;
    return { saved_at: text === "" ? null : `saved-${moment}`, replaced: null };
  },
  list: async () => [{ conversation_id: "other", text: "Начато на телефоне" }],
};

beforeEach(() => {
  vi.useFakeTimers();
  saves = [];
  isOffline = false;
  moment = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the drafts", () => {
  it("save once a pause is made, each time on top of the version before", async () => {
    const drafts = new ReplyDrafts(user, server);
    for (const text of ["Д", "Да", "Да,"]) drafts.write("talk", text);
    await vi.advanceTimersByTimeAsync(1000);
    drafts.write("talk", "Да, ждём");
    await vi.advanceTimersByTimeAsync(1000);

    expect(saves).toEqual([
      ["talk", "Да,", null],
      ["talk", "Да, ждём", "saved-1"],
    ]);
  });

  it("are still there after a reload, and reach the server once it can be reached", async () => {
    isOffline = true;
    new ReplyDrafts(user, server).write("talk", "Без связи");
    await vi.advanceTimersByTimeAsync(60_000);

    isOffline = false;
    const reloaded = new ReplyDrafts(user, server);
    expect(reloaded.text("talk")).toBe("Без связи");
    await vi.advanceTimersByTimeAsync(11_000);

    expect(saves.at(-1)?.slice(0, 2)).toEqual(["talk", "Без связи"]);
  });

  it("are each user's own, also in one browser", () => {
    new ReplyDrafts(user, server).write("talk", "Моё");

    expect(new ReplyDrafts("user-2", server).text("talk")).toBe("");
  });

  it("leave nothing behind that the server has, and all that it lacks", async () => {
    const drafts = new ReplyDrafts(user, server);
    drafts.write("saved", "Есть на сервере");
    await vi.advanceTimersByTimeAsync(1000);
    isOffline = true;
    drafts.write("unsaved", "Только здесь");
    drafts.leave();

    expect(Object.keys(localStorage)).toEqual(["besedka.reply.user-1.unsaved"]);
  });

  it("show in a row what other devices began, until this one knows better", async () => {
    const drafts = new ReplyDrafts(user, server);
    const stop = drafts.subscribe(() => {});
    await vi.advanceTimersByTimeAsync(0);
    expect(drafts.preview("other")).toBe("Начато на телефоне");

    drafts.write("other", "");
    drafts.write("other", "Здесь");
    expect(drafts.preview("other")).toBe("Здесь");
    stop();
  });

  it("stay as they are typed when an older answer of the server comes late", async () => {
    const answers: ((draft: ServerDraft) => void)[] = [];
    const drafts = new ReplyDrafts(user, {
      ...server,
      read: () => new Promise((resolve) => answers.push(resolve)),
    });
    void drafts.open("talk");
    drafts.write("talk", "Да, ждём");
    await vi.advanceTimersByTimeAsync(1000);
    answers[0]?.({ text: "Начато на телефоне", saved_at: "2020-01-01T00:00:00Z" });
    await vi.advanceTimersByTimeAsync(0);
    expect(drafts.text("talk")).toBe("Да, ждём");

    await vi.advanceTimersByTimeAsync(1000);
    answers[1]?.({ text: "Да, ждём вас", saved_at: "saved-2" });
    await vi.advanceTimersByTimeAsync(0);
    expect(drafts.text("talk")).toBe("Да, ждём вас");
    expect(answers).toHaveLength(2);
  });

  it("stay empty after a reply was sent while the server was being asked", async () => {
    let answer = (_draft: ServerDraft) => {};
    const read = vi.fn(
      () =>
        new Promise<ServerDraft>((resolve) => {
          answer = resolve;
        }),
    );
    const drafts = new ReplyDrafts(user, { ...server, read });
    void drafts.open("talk");
    drafts.write("talk", "Да");
    drafts.write("talk", "");
    await vi.advanceTimersByTimeAsync(1000);
    answer({ text: "Да", saved_at: "saved-0" });
    await vi.advanceTimersByTimeAsync(0);

    expect(drafts.text("talk")).toBe("");
  });

  it("open though one of them is damaged in the storage", () => {
    localStorage.setItem("besedka.reply.user-1.cut", '{"text":"Да');
    localStorage.setItem("besedka.reply.user-1.odd", '{"text":5}');
    new ReplyDrafts(user, server).write("sound", "Целый");

    const drafts = new ReplyDrafts(user, server);

    expect([drafts.text("cut"), drafts.text("odd"), drafts.text("sound")]).toEqual([
      "",
      "",
      "Целый",
    ]);
  });

  it.each([401, 403, 404, 413])(
    "are not sent again and again once refused with %i",
    async (status) => {
      const refused = { code: "refused", status, title: "Нельзя", detail: null };
      const save = vi.fn(() => Promise.reject(new ApiError(refused)));
      const drafts = new ReplyDrafts(user, { ...server, save });
      drafts.write("talk", "Да");
      await vi.advanceTimersByTimeAsync(60_000);
      expect(save).toHaveBeenCalledOnce();

      drafts.write("talk", "Да, ждём");
      await vi.advanceTimersByTimeAsync(60_000);
      expect(save).toHaveBeenCalledTimes(2);
      expect(new ReplyDrafts(user, server).text("talk")).toBe("Да, ждём");
    },
  );

  it("do not lose what was typed while the text before it was being saved", async () => {
    const drafts = new ReplyDrafts(user, {
      ...server,
      save: async (id, text, basedOn) => {
        await new Promise((resolve) => setTimeout(resolve, 300));
        return server.save(id, text, basedOn);
      },
    });
    drafts.write("talk", "Да");
    await vi.advanceTimersByTimeAsync(800);
    drafts.write("talk", "Да, ждём");
    await vi.advanceTimersByTimeAsync(5000);

    expect(drafts.text("talk")).toBe("Да, ждём");
    expect(saves.map(([, text]) => text)).toEqual(["Да", "Да, ждём"]);
  });
});
