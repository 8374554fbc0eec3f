import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream } from "@/lib/live-stream";
import { FakeEventSource } from "@/testing/fake-event-source";
import { makeConversation, makeMessage, makeScheduled } from "@/testing/make";
import { emptyCounts, server } from "@/testing/server";
import { inboxKeys } from "../api/keys";
import {
  conversationListQuery,
  conversationQuery,
  countsQuery,
  messagesQuery,
} from "../api/queries";
import { scheduledQuery } from "../api/scheduled";
import { type ConversationList, flattenList } from "../model/conversation-list";
import { flattenMessages, type MessageList } from "../model/message-list";
import type { Conversation, Message } from "../model/types";
import { applyConversation } from "./apply-event";
import { createInboxReader } from "./inbox-reader";

const openBot = { mode: "bot", status: "open" } as const;
const openManager = { mode: "manager", status: "open" } as const;

let client: QueryClient;
let stream: LiveStream;
let leave: () => void;
let openId: string | null;

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  openId = null;
  stream = new LiveStream({
    url: "/api/v1/streams/inbox",
    readers: [createInboxReader(client, () => openId)],
    mayReopen: async () => true,
  });
  leave = stream.subscribe(() => {});
});

afterEach(() => {
  leave();
  client.clear();
});

function serveList(items: Conversation[], seq: number) {
  server.use(
    http.get("*/api/v1/conversations", ({ request }) => {
      const mode = new URL(request.url).searchParams.get("mode");
      return HttpResponse.json({
        items: items.filter((item) => item.mode === mode),
        next_cursor: null,
        seq,
      });
    }),
  );
}

function say(
  seq: number,
  conversation: Conversation,
  message: Message | null = null,
  type = message ? "message.received" : "conversation.updated",
): void {
  const data = { seq, type, conversation, before: null, message };
  FakeEventSource.latest.say(type, data, String(seq));
}

function shown(filter: typeof openBot | typeof openManager): string[] {
  const list = client.getQueryData<ConversationList>(inboxKeys.list(filter));
  return list ? flattenList(list).map(({ id }) => id) : [];
}

describe("the live stream", () => {
  it("moves a conversation between the columns, its details and its messages at once", async () => {
    const talk = makeConversation({ id: "a" });
    serveList([talk], 10);
    client.setQueryData(conversationQuery("a").queryKey, talk);
    client.setQueryData(messagesQuery("a").queryKey, {
      pages: [{ items: [], next_cursor: null, previous_cursor: null, seq: 10 }],
      pageParams: [null],
    });
    await client.fetchInfiniteQuery(conversationListQuery(openBot));
    await client.fetchInfiniteQuery(conversationListQuery(openManager));

    const taken = { ...talk, mode: "manager", version: 2 } as const;
    say(11, taken, makeMessage({ conversation_id: "a", text: "Возьму" }));

    expect([shown(openBot), shown(openManager)]).toEqual([[], ["a"]]);
    expect(client.getQueryData(conversationQuery("a").queryKey)?.mode).toBe("manager");
    const messages = client.getQueryData<MessageList>(inboxKeys.messages("a"));
    expect(messages && flattenMessages(messages).map(({ text }) => text)).toEqual(["Возьму"]);
  });

  it("takes a removed message from the talk, also from an answer that was read before", async () => {
    const talk = makeConversation({ id: "a" });
    const echo = makeMessage({ id: "echo", conversation_id: "a" });
    const serve = (seq: number) =>
      server.use(
        http.get("*/api/v1/conversations/a/messages", () =>
          HttpResponse.json({ items: [echo], next_cursor: null, seq }),
        ),
      );
    serve(10);
    await client.fetchInfiniteQuery(messagesQuery("a"));

    say(11, { ...talk, version: 2 }, { ...echo, version: 2 }, "message.removed");

    const messages = () => client.getQueryData<MessageList>(inboxKeys.messages("a"));
    expect(messages()?.pages[0]?.items).toEqual([]);
    await client.refetchQueries({ queryKey: inboxKeys.messages("a"), type: "all" });
    expect(messages()?.pages[0]?.items).toEqual([]);
  });

  it("shows what stopped itself the moment the customer writes, and nothing older after it", async () => {
    const waiting = makeScheduled({ state: "waiting" });
    const stopped = { ...waiting, state: "stopped", stop_reason: "customer_wrote" } as const;
    const talk = makeConversation({ id: "a", version: 4 });
    const key = scheduledQuery("a").queryKey;
    client.setQueryData(key, { items: [waiting], version: 4 });

    const type = "conversation.scheduled";
    const told = { type, before: null, message: null };
    const later = { ...told, seq: 12, conversation: { ...talk, version: 6 }, scheduled: [stopped] };
    FakeEventSource.latest.say(type, later, "12");
    const earlier = { ...told, seq: 11, conversation: { ...talk, version: 5 }, scheduled: [] };
    FakeEventSource.latest.say(type, earlier, "11");
    await new Promise((resolve) => setTimeout(resolve, 150)); // it came on the other's heels

    expect(client.getQueryData(key)).toEqual({ items: [stopped], version: 6 });
  });

  it("reads scheduled replies anew when an event tells only the beginning of a text", async () => {
    const long = makeScheduled({ text: "А".repeat(2000) });
    const talk = makeConversation({ id: "a", version: 5 });
    const { queryKey } = scheduledQuery("a");
    client.setQueryData(queryKey, { items: [], version: 4 });
    server.use(
      http.get("*/api/v1/conversations/a/scheduled", () =>
        HttpResponse.json({ items: [long], version: 5 }),
      ),
    );

    const told = { type: "conversation.scheduled", before: null, message: null, seq: 11 };
    const scheduled = [{ ...long, text: "А".repeat(1000), is_cut: true }];
    FakeEventSource.latest.say(told.type, { ...told, conversation: talk, scheduled }, "11");
    await vi.waitFor(() => expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true));

    expect(client.getQueryData(queryKey)).toEqual({ items: [], version: 4 });
    await client.fetchQuery(scheduledQuery("a"));
    expect(client.getQueryData(queryKey)).toEqual({ items: [long], version: 5 });
  });

  it("does not lose an event that overtakes the answer of a list", async () => {
    let answer = () => {};
    server.use(
      http.get("*/api/v1/conversations", async () => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return HttpResponse.json({ items: [], next_cursor: null, seq: 10 });
      }),
    );
    const reading = client.fetchInfiniteQuery(conversationListQuery(openBot));
    await vi.waitFor(() => expect(answer).not.toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 20));

    say(11, makeConversation({ id: "new" }));
    answer();
    await reading;

    expect(shown(openBot)).toEqual(["new"]);
  });

  it("ignores what it does not know and what it cannot read", async () => {
    serveList([makeConversation({ id: "a" })], 10);
    await client.fetchInfiniteQuery(conversationListQuery(openBot));

    FakeEventSource.latest.say("conversation.sung", { seq: 11 }, "11");
    FakeEventSource.latest.say("conversation.updated", { seq: 12, conversation: null }, "12");

    expect(shown(openBot)).toEqual(["a"]);
  });

  it("reads again on a reload what the screen shows", async () => {
    serveList([], 10);
    const list = new InfiniteQueryObserver(client, conversationListQuery(openBot));
    const stop = list.subscribe(() => {});
    await vi.waitFor(() => expect(list.getCurrentResult().isSuccess).toBe(true));

    serveList([makeConversation({ id: "a" })], 50);
    FakeEventSource.latest.say("stream.reload", {});

    await vi.waitFor(() => expect(shown(openBot)).toEqual(["a"]));
    stop();
  });

  it("leaves every row but the one that moved as it was, so that only this one is drawn", async () => {
    const talks = ["a", "b", "c", "d"].map((id, number) =>
      makeConversation({ id, last_activity_at: `2026-01-01T10:00:0${9 - number}Z` }),
    );
    serveList(talks, 10);
    const list = new InfiniteQueryObserver(client, {
      ...conversationListQuery(openBot),
      select: (loaded) => flattenList(loaded),
    });
    const stop = list.subscribe(() => {});
    await vi.waitFor(() => expect(list.getCurrentResult().isSuccess).toBe(true));
    const rows = () => list.getCurrentResult().data ?? [];
    const [a, b, c, d] = rows();

    const latest = { last_activity_at: "2026-01-01T10:01:00Z", version: 2 };
    say(11, makeConversation({ id: "d", ...latest }));

    expect(rows().map(({ id }) => id)).toEqual(["d", "a", "b", "c"]);
    expect(rows()[0]).not.toBe(d);
    for (const [at, row] of [a, b, c].entries()) expect(rows()[at + 1]).toBe(row);
    stop();
  });

  it("reads again what is older than a fresh stream, and only that", async () => {
    let reads = 0;
    server.use(
      http.get("*/api/v1/conversations/counts", () => {
        reads += 1;
        return HttpResponse.json({ ...emptyCounts, seq: reads * 10 });
      }),
    );
    const counts = new QueryObserver(client, countsQuery());
    const stop = counts.subscribe(() => {});
    await vi.waitFor(() => expect(reads).toBe(1));
    await vi.waitFor(() => expect(counts.getCurrentResult().data?.seq).toBe(10));

    FakeEventSource.latest.say("stream.ready", { seq: 10 });
    expect(reads).toBe(1);
    FakeEventSource.latest.say("stream.ready", { seq: 15 });
    await vi.waitFor(() => expect(reads).toBe(2));

    say(16, makeConversation());
    FakeEventSource.latest.say("stream.ready", { seq: 99 });
    expect(reads).toBe(2);
    stop();
  });

  it("tells that it is behind, and live again after the break", () => {
    FakeEventSource.latest.open();
    expect(stream.getStatus()).toBe("live");
    FakeEventSource.latest.breakOff();
    expect(stream.getStatus()).toBe("behind");
    FakeEventSource.latest.open();
    expect(stream.getStatus()).toBe("live");
  });

  it("opens a stream anew that has gone silent without a word, from the last event it saw", async () => {
    leave();
    vi.useFakeTimers();
    leave = stream.subscribe(() => {});
    say(11, makeConversation());
    const silent = FakeEventSource.latest;
    silent.open();
    await vi.advanceTimersByTimeAsync(28_000);
    silent.alive();
    await vi.advanceTimersByTimeAsync(28_000);
    expect(stream.getStatus()).toBe("live");

    await vi.advanceTimersByTimeAsync(8000);

    expect(stream.getStatus()).toBe("behind");
    expect(silent.readyState).toBe(FakeEventSource.CLOSED);
    expect(FakeEventSource.latest.url).toBe("/api/v1/streams/inbox?last_event_id=11");
    FakeEventSource.latest.open();
    expect(stream.getStatus()).toBe("live");
    vi.useRealTimers();
  });

  it("says that events are late while the server does", () => {
    FakeEventSource.latest.open();
    FakeEventSource.latest.alive(true);
    expect(stream.getStatus()).toBe("late");

    FakeEventSource.latest.alive();
    expect(stream.getStatus()).toBe("live");
  });

  it("opens a refused stream again from the last event it saw", async () => {
    vi.useFakeTimers();
    say(11, makeConversation());
    FakeEventSource.latest.refuse();
    await vi.advanceTimersByTimeAsync(3100);

    expect(FakeEventSource.opened).toHaveLength(2);
    expect(FakeEventSource.latest.url).toBe("/api/v1/streams/inbox?last_event_id=11");
    vi.useRealTimers();
  });

  it("marks a message read that comes into the open talk", async () => {
    const marked: string[] = [];
    server.use(
      http.post("*/api/v1/conversations/:id/read", ({ params }) => {
        marked.push(String(params.id));
        return HttpResponse.json(makeConversation({ id: "a", version: 3 }));
      }),
    );
    openId = "a";

    say(11, makeConversation({ id: "b", unread_count: 1 }));
    say(12, makeConversation({ id: "a", version: 2, unread_count: 1 }), makeMessage());

    await vi.waitFor(() => expect(marked).toEqual(["a"]));
  });

  it("keeps the newer state when the answer to an act comes after a later event", async () => {
    serveList([makeConversation({ id: "a", version: 1 })], 10);
    await client.fetchInfiniteQuery(conversationListQuery(openBot));
    await client.fetchInfiniteQuery(conversationListQuery(openManager));

    say(12, makeConversation({ id: "a", mode: "bot", version: 3 }));
    applyConversation(client, makeConversation({ id: "a", mode: "manager", version: 2 }));

    expect([shown(openBot), shown(openManager)]).toEqual([["a"], []]);
  });
});
