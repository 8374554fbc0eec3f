import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LiveStream } from "@/lib/live-stream";
import { FakeEventSource } from "@/testing/fake-event-source";
import { makeConversation, makeMessage } from "@/testing/make";
import { emptyCounts, server } from "@/testing/server";
import { inboxKeys } from "../api/keys";
import {
  conversationListQuery,
  conversationQuery,
  countsQuery,
  messagesQuery,
} from "../api/queries";
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

function say(seq: number, conversation: Conversation, message: Message | null = null): void {
  const type = message ? "message.received" : "conversation.updated";
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
      pages: [{ items: [], next_cursor: null, seq: 10 }],
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
    say(12, makeConversation({ id: "a", version: 2, unread_count: 1 }));

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
