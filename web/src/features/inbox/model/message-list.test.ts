import { describe, expect, it } from "vitest";
import { makeMessage } from "@/testing/make";
import { flattenMessages, type MessageList, placeMessage } from "./message-list";
import { unseenSendings } from "./sending";
import type { Message, MessagePage } from "./types";

function message(id: string, position: string, over: Partial<Message> = {}): Message {
  return makeMessage({ id, position, ...over });
}

function listOf(...pages: MessagePage[]): MessageList {
  return { pages, pageParams: pages.map(() => null) };
}

function page(items: Message[], next: string | null = null): MessagePage {
  return { items, next_cursor: next, previous_cursor: null, seq: 1 };
}

function ids(list: MessageList): string[] {
  return flattenMessages(list).map(({ id }) => id);
}

describe("messages around one in the middle of a talk", () => {
  it("take in no later ones before those between are loaded", () => {
    const middle = page([message("b", "2"), message("a", "1")]);
    const list = listOf({ ...middle, previous_cursor: "more" });

    expect(ids(placeMessage(list, message("d", "9")))).toEqual(["a", "b"]);
    expect(ids(placeMessage(listOf(middle), message("d", "9")))).toEqual(["a", "b", "d"]);
  });
});

describe("the messages of a talk under live events", () => {
  it("come in their order, whatever order the events have", () => {
    let list = listOf(page([message("b", "2")]));
    for (const late of [message("c", "3"), message("a", "1")]) list = placeMessage(list, late);

    expect(ids(list)).toEqual(["a", "b", "c"]);
  });

  it("take a newer snapshot and refuse an older one", () => {
    const list = listOf(page([message("a", "1", { version: 2, status: "sent" })]));

    const read = placeMessage(list, message("a", "1", { version: 3, status: "read" }));
    const stale = placeMessage(read, message("a", "1", { version: 2, status: "queued" }));

    expect(flattenMessages(stale)[0]?.status).toBe("read");
    expect(stale).toBe(read);
  });

  it("move when delivery settles their place anew", () => {
    const list = listOf(page([message("b", "2"), message("a", "1")]));

    expect(ids(placeMessage(list, message("a", "3", { version: 2 })))).toEqual(["b", "a"]);
  });

  it("leave out what is older than the loaded pages", () => {
    const list = listOf(page([message("b", "2")], "more"));

    expect(ids(placeMessage(list, message("a", "1")))).toEqual(["b"]);
  });

  it("start an empty talk", () => {
    expect(ids(placeMessage(listOf(page([])), message("a", "1")))).toEqual(["a"]);
  });
});

describe("texts on their way", () => {
  const sending = {
    text: "Держим до субботы",
    pictures: [],
    idempotencyKey: "key",
    afterPosition: "5",
    startedAt: "2026-11-20T10:00:00Z",
  };
  const own = { direction: "out", author: { kind: "user", id: "user-1", name: null } } as const;

  it("stand until their message is there", () => {
    const other = message("a", "6", { text: "Держим до субботы" });

    expect(unseenSendings([sending], [other])).toEqual([sending]);
    expect(unseenSendings([sending], [message("b", "6", { ...own, text: sending.text })])).toEqual(
      [],
    );
  });

  it("are not taken for an earlier message with the same words", () => {
    const earlier = message("a", "4", { ...own, text: sending.text });

    expect(unseenSendings([sending], [earlier])).toEqual([sending]);
  });

  it("sent twice with the same words count apart", () => {
    const second = { ...sending, idempotencyKey: "other" };
    const arrived = message("a", "6", { ...own, text: sending.text });

    expect(unseenSendings([sending, second], [arrived])).toEqual([second]);
  });

  it("are known by their pictures where they have no text", () => {
    const id = "01a1fd64-17d4-739e-a05e-adf19e5d5b7a";
    const photo = { ...sending, text: "", pictures: [{ attachmentId: id, url: "blob:1" }] };
    const sizes = { "40x30": `/api/v1/attachments/${id}` };
    const arrived = message("p", "7", {
      ...own,
      type: "image",
      text: "Фотография",
      content: { sizes },
    });

    expect(unseenSendings([photo], [arrived])).toEqual([]);
    expect(unseenSendings([photo], [{ ...arrived, content: {} }])).toEqual([photo]);
  });
});
