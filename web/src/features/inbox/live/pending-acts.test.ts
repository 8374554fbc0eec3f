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
});
