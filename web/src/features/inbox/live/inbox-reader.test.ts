import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { server } from "@/testing/server";
import { inboxKeys } from "../api/keys";
import { conversationListQuery } from "../api/queries";
import * as lists from "../model/conversation-list";
import { type ConversationList, flattenList } from "../model/conversation-list";
import { createInboxReader } from "./inbox-reader";

const old = makeConversation({ id: "old", last_activity_at: "2025-12-31T10:00:00Z" });
const openBot = { mode: "bot", status: "open" } as const;

let client: QueryClient;
let reader: ReturnType<typeof createInboxReader>;
let stop: (() => void) | undefined;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  reader = createInboxReader(client, () => null);
  stop = reader.start?.();
});

afterEach(() => {
  stop?.();
  client.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function say(seq: number, id: string): void {
  const conversation = makeConversation({ id, last_activity_at: `2026-01-01T10:00:${seq}Z` });
  const event = { seq, type: "message.received", conversation, before: null, message: null };
  reader.onEvent(JSON.stringify(event));
}

function shown(): string[] {
  const list = client.getQueryData<ConversationList>(inboxKeys.list(openBot));
  return list ? flattenList(list).map(({ id }) => id) : [];
}

function serve(seq: number, items = [old]) {
  server.use(
    http.get("*/api/v1/conversations", () => HttpResponse.json({ items, next_cursor: null, seq })),
  );
}

describe("events that come on one another's heels", () => {
  it("are shown together, the first of them at once, and the list changes once for all", async () => {
    serve(10, []);
    const list = new InfiniteQueryObserver(client, conversationListQuery(openBot));
    const leave = list.subscribe(() => {});
    await vi.waitFor(() => expect(list.getCurrentResult().isSuccess).toBe(true));
    vi.useFakeTimers();
    const changes = vi.fn();
    client.getQueryCache().subscribe(({ type, query }) => {
      if (type === "updated" && query.queryKey[1] === "list") changes();
    });

    say(11, "a");
    expect(shown()).toEqual(["a"]);
    const before = changes.mock.calls.length;
    for (const [index, id] of ["b", "c", "d", "e"].entries()) say(12 + index, id);
    expect(shown()).toEqual(["a"]);

    await vi.advanceTimersByTimeAsync(100);
    expect(shown()).toEqual(["e", "d", "c", "b", "a"]);
    expect(changes.mock.calls.length - before).toBe(1);
    leave();
  });

  it("are at once again after a quiet moment", async () => {
    serve(10, []);
    await client.fetchInfiniteQuery(conversationListQuery(openBot));
    vi.useFakeTimers();
    say(11, "a");
    await vi.advanceTimersByTimeAsync(250);

    say(12, "b");

    expect(shown()).toEqual(["b", "a"]);
  });

  it("are dropped by a reload, which reads everything again", async () => {
    serve(10, []);
    await client.fetchInfiniteQuery(conversationListQuery(openBot));
    vi.useFakeTimers();
    say(11, "a");
    say(12, "b");

    reader.onReload();
    await vi.advanceTimersByTimeAsync(250);

    expect(shown()).toEqual(["a"]);
  });
});

describe("an answer that has just been read", () => {
  it("is brought up to the events after it, and to no others", async () => {
    for (let seq = 11; seq <= 20; seq += 1) say(seq, `talk-${seq}`);
    const apply = vi.spyOn(lists, "applyEventToList");
    serve(18);

    await client.fetchInfiniteQuery(conversationListQuery(openBot));

    expect(shown()).toEqual(["talk-20", "talk-19", "old"]);
    expect(apply.mock.calls.map(([, , event]) => event.seq)).toEqual([19, 20]);
  });
});
