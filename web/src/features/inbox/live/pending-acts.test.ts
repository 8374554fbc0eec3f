import { QueryClient } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { problem, server } from "@/testing/server";
import { inboxKeys } from "../api/keys";
import { performAct, performBulk } from "../api/perform-act";
import { conversationListQuery, conversationQuery } from "../api/queries";
import { type ConversationList, flattenList } from "../model/conversation-list";
import type { Conversation } from "../model/types";
import { applyEvents } from "./apply-event";

const me = { id: "me", name: "Ирина" };
const openBot = { mode: "bot", status: "open" } as const;
const openManager = { mode: "manager", status: "open" } as const;

let client: QueryClient;
let talk: Conversation;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  talk = makeConversation({ id: "a", version: 5 });
  const page = { next_cursor: null, seq: 10 };
  client.setQueryData(conversationQuery("a").queryKey, talk);
  client.setQueryData(conversationListQuery(openBot).queryKey, {
    pages: [{ ...page, items: [talk] }],
    pageParams: [null],
  });
  client.setQueryData(conversationListQuery(openManager).queryKey, {
    pages: [{ ...page, items: [] }],
    pageParams: [null],
  });
});

function shown(filter: typeof openBot | typeof openManager): string[] {
  const list = client.getQueryData<ConversationList>(inboxKeys.list(filter));
  return list ? flattenList(list).map(({ id }) => id) : [];
}

const detail = () => client.getQueryData(conversationQuery("a").queryKey);

/** The server answers when told to. */
function heldAnswer(path: string, answer: () => Response): () => void {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.use(
    http.post(path, async () => {
      await held;
      return answer();
    }),
  );
  return () => release();
}

describe("an act on its way", () => {
  it("shows in the row and the head at once, and stays when it is answered", async () => {
    const taken = { ...talk, mode: "manager", assignee: me, version: 6 } as const;
    const answer = heldAnswer("*/take-over", () => HttpResponse.json(taken));

    const acting = performAct(client, talk, { name: "take-over" }, me);
    expect([shown(openBot), shown(openManager), detail()?.assignee]).toEqual([[], ["a"], me]);

    answer();
    await acting;
    expect([shown(openManager), detail()]).toEqual([["a"], taken]);
  });

  it("is rolled back when it is refused", async () => {
    server.use(http.post("*/snooze", () => problem(409, "conversation_put_away", "Чат закрыт")));

    const acting = performAct(client, talk, { name: "snooze", until: "2026-12-01T09:00:00Z" }, me);
    expect(shown(openBot)).toEqual([]);

    await expect(acting).rejects.toThrow("Чат закрыт");
    expect([shown(openBot), detail()]).toEqual([["a"], talk]);
  });

  it("stays over an event of somebody else, and leaves that event standing when refused", async () => {
    const refuse = heldAnswer("*/pin", () => problem(409, "conflict", "Нет"));
    const acting = performAct(client, talk, { name: "pin" }, me);

    const theirs = { ...talk, unread_count: 7, version: 6 };
    const event = { seq: 11, type: "message.received", before: null, message: null };
    applyEvents(client, [{ ...event, conversation: theirs }]);
    expect(detail()).toMatchObject({ is_pinned: true, unread_count: 7, version: 6 });

    refuse();
    await expect(acting).rejects.toThrow("Нет");
    expect(detail()).toEqual(theirs);
  });

  it("waits for the one before it on the same talk", async () => {
    const order: string[] = [];
    const answer = heldAnswer("*/a/pin", () => {
      order.push("pin");
      return HttpResponse.json({ ...talk, is_pinned: true, version: 6 });
    });
    server.use(
      http.post("*/a/unpin", () => {
        order.push("unpin");
        return HttpResponse.json({ ...talk, version: 7 });
      }),
    );

    const acting = performAct(client, talk, { name: "pin" }, me);
    const back = performAct(client, talk, { name: "unpin" }, me);
    expect(detail()?.is_pinned).toBe(false);
    answer();
    await Promise.all([acting, back]);

    expect(order).toEqual(["pin", "unpin"]);
    expect(detail()).toMatchObject({ is_pinned: false, version: 7 });
  });
});

describe("an act on a talk that was read before it changed", () => {
  it("shows what the server said last when it is refused", async () => {
    const closed = { ...talk, status: "closed", version: 6 } as const;
    server.use(
      http.post("*/close", () => HttpResponse.json(closed)),
      http.post("*/reopen", () => problem(409, "conflict", "Нет")),
    );
    await performAct(client, talk, { name: "close" }, me);

    const undoing = performAct(client, talk, { name: "undo-close" }, me);
    expect(shown(openBot)).toEqual(["a"]);

    await expect(undoing).rejects.toThrow("Нет");
    expect([shown(openBot), detail()]).toEqual([[], closed]);
  });

  it("knows the row where the talk was not opened", async () => {
    client.removeQueries({ queryKey: conversationQuery("a").queryKey });
    server.use(http.post("*/pin", () => problem(409, "conflict", "Нет")));

    const older = { ...talk, unread_count: 9, version: 4 };
    await expect(performAct(client, older, { name: "pin" }, me)).rejects.toThrow("Нет");

    const list = client.getQueryData<ConversationList>(inboxKeys.list(openBot));
    expect(list?.pages[0]?.items).toEqual([talk]);
  });
});

describe("an act on many talks", () => {
  it("rolls back those that were refused and says why", async () => {
    const other = makeConversation({
      id: "b",
      version: 3,
      last_activity_at: talk.last_activity_at,
    });
    client.setQueryData(conversationListQuery(openBot).queryKey, {
      pages: [{ items: [talk, other], next_cursor: null, seq: 10 }],
      pageParams: [null],
    });
    const asked = vi.fn();
    server.use(
      http.post("*/conversations/bulk", async ({ request }) => {
        asked(await request.json());
        const done = { ...talk, status: "closed", version: 6 };
        const refusal = { code: "conversation_not_found", title: "Такого чата нет" };
        return HttpResponse.json({
          results: [
            { id: "a", conversation: done, refusal: null },
            { id: "b", conversation: null, refusal },
          ],
        });
      }),
    );

    const acting = performBulk(client, [talk, other], { name: "close" }, me);
    expect(shown(openBot)).toEqual([]);
    const outcome = await acting;

    expect(asked).toHaveBeenCalledExactlyOnceWith({ ids: ["a", "b"], act: "close" });
    expect(outcome.refused).toEqual(["Такого чата нет"]);
    expect(outcome.done.map(({ id }) => id)).toEqual(["a"]);
    expect(shown(openBot)).toEqual(["b"]);
  });

  function showMany(count: number): Conversation[] {
    const many = Array.from({ length: count }, () => makeConversation());
    client.setQueryData(conversationListQuery(openBot).queryKey, {
      pages: [{ items: many, next_cursor: null, seq: 10 }],
      pageParams: [null],
    });
    return many;
  }

  it("puts a list in order once to show it and once to show the answer", async () => {
    const many = showMany(30);
    server.use(
      http.post("*/conversations/bulk", () =>
        HttpResponse.json({
          results: many.map((one) => ({
            id: one.id,
            conversation: { ...one, status: "closed", version: 2 },
            refusal: null,
          })),
        }),
      ),
    );
    const written = vi.fn<(key: string) => void>();
    const forget = client.getQueryCache().subscribe(({ type, query }) => {
      if (type === "updated" && query.queryKey[1] === "list") written(query.queryHash);
    });

    const acting = performBulk(client, many, { name: "close" }, me);
    expect(written).toHaveBeenCalledTimes(1);
    await acting;
    forget();

    expect(written).toHaveBeenCalledTimes(1); // the answer holds no row of any list
    expect(shown(openBot)).toEqual([]);
  });

  it("keeps what was done when the server could not be asked about the rest", async () => {
    const many = showMany(250);
    let asked = 0;
    server.use(
      http.post("*/conversations/bulk", async ({ request }) => {
        asked += 1;
        if (asked === 2) return problem(503, "unavailable", "Сервер занят");
        const { ids } = (await request.json()) as { ids: string[] };
        const results = ids.map((id) => {
          const one = many.find((each) => each.id === id);
          return { id, conversation: { ...one, is_pinned: true, version: 2 }, refusal: null };
        });
        return HttpResponse.json({ results });
      }),
    );

    const outcome = await performBulk(client, many, { name: "pin" }, me);

    expect(outcome).toMatchObject({ refused: [], unasked: { count: 50 } });
    expect(outcome.done.map(({ id }) => id)).toEqual(many.slice(0, 200).map(({ id }) => id));
    const list = client.getQueryData<ConversationList>(inboxKeys.list(openBot));
    const pinned = list?.pages[0]?.items.filter((one) => one.is_pinned);
    expect(pinned).toHaveLength(200);
  });

  it("does not overtake an act on one of them", async () => {
    const order: string[] = [];
    const answer = heldAnswer("*/a/pin", () => {
      order.push("pin");
      return HttpResponse.json({ ...talk, is_pinned: true, version: 6 });
    });
    server.use(
      http.post("*/conversations/bulk", () => {
        order.push("bulk");
        const conversation = { ...talk, version: 7 };
        return HttpResponse.json({ results: [{ id: "a", conversation, refusal: null }] });
      }),
    );

    const single = performAct(client, talk, { name: "pin" }, me);
    const many = performBulk(client, [talk, makeConversation({ id: "b" })], { name: "unpin" }, me);
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer();
    await Promise.all([single, many]);

    expect(order).toEqual(["pin", "bulk"]);
    expect(detail()).toMatchObject({ is_pinned: false, version: 7 });
  });
});
