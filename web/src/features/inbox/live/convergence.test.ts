import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { inboxKeys } from "../api/keys";
import { type ConversationList, flattenList } from "../model/conversation-list";
import type { Before, InboxEvent } from "../model/inbox-event";
import { flattenMessages, type MessageList } from "../model/message-list";
import {
  type Conversation,
  type ConversationFilter,
  type ConversationPage,
  type Counts,
  type Message,
  type Mode,
  modes,
} from "../model/types";
import { applyEvents } from "./apply-event";

const runs = 150;
const steps = 40;
const talkIds = ["a", "b", "c", "d", "e", "f", "g", "h"];
const pageSize = 2;

/** How a column may be narrowed and sorted. */
const views: Omit<ConversationFilter, "mode" | "status">[] = [
  {},
  { unread: true },
  { waiting: true },
  { sort: "waiting" },
  { sort: "price", unread: true },
];

/** Reproducible luck (mulberry32). */
function luckOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function counted(talk: Conversation): Before {
  return {
    mode: talk.mode,
    status: talk.status,
    unread_count: talk.unread_count,
    waiting: talk.waiting_since !== null,
  };
}

/** What the server sorts by, the first that differs: a smaller one stands above. */
function keysOf(talk: Conversation, { sort }: ConversationFilter): number[] {
  const latest = [-Date.parse(talk.last_activity_at), -talk.id.charCodeAt(0)];
  const since = talk.waiting_since === null ? null : Date.parse(talk.waiting_since);
  if (sort === "waiting") return [Number(since === null), since ?? 0, ...latest];
  if (sort === "price") return [-(talk.listing?.price_minor ?? -1), ...latest];
  return [Number(!talk.is_pinned), ...latest];
}

function compareKeys(one: readonly number[], other: readonly number[]): number {
  return one.map((key, at) => key - (other[at] ?? 0)).find((by) => by !== 0) ?? 0;
}

function isIn(talk: Conversation, { mode, status, unread, waiting }: ConversationFilter): boolean {
  if (talk.mode !== mode || talk.status !== status) return false;
  return (!unread || talk.unread_count > 0) && (!waiting || talk.waiting_since !== null);
}

function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString();
}

/** What the server holds after each event, and the events that led there. */
class Server {
  readonly events: InboxEvent[] = [];
  private readonly states: { talks: Conversation[]; messages: Message[] }[] = [
    { talks: [], messages: [] },
  ];
  private readonly luck: () => number;

  constructor(luck: () => number) {
    this.luck = luck;
    for (let step = 0; step < steps; step += 1) this.happen();
  }

  get head(): number {
    return this.events.length;
  }

  private state(seq: number) {
    return this.states[seq] ?? { talks: [], messages: [] };
  }

  private happen(): void {
    const seq = this.head + 1;
    const { talks, messages } = this.state(this.head);
    const id = talkIds[Math.floor(this.luck() * talkIds.length)] ?? "a";
    const known = talks.find((talk) => talk.id === id);
    const isWord = this.luck() < 0.6;
    const talk = makeConversation({
      id,
      version: (known?.version ?? 0) + 1,
      mode: this.luck() < 0.5 ? "bot" : "manager",
      status: this.luck() < 0.8 ? "open" : "closed",
      is_pinned: this.luck() < 0.2,
      unread_count: Math.floor(this.luck() * 3),
      waiting_since: this.luck() < 0.5 ? at(seq) : null,
      last_activity_at: isWord ? at(seq) : (known?.last_activity_at ?? at(seq)),
      listing: this.listing(),
    });
    const message = isWord ? this.say(id, seq, messages) : null;
    this.events.push({
      seq,
      type: message ? "message.received" : "conversation.updated",
      conversation: talk,
      before: known ? counted(known) : null,
      message,
    });
    this.states.push({
      talks: [...talks.filter((one) => one.id !== id), talk],
      messages: message ? [...messages.filter((one) => one.id !== message.id), message] : messages,
    });
  }

  private listing(): Conversation["listing"] {
    const { listing } = makeConversation();
    const price = Math.floor(this.luck() * 3);
    return listing && price > 0 ? { ...listing, price_minor: price * 100 } : null;
  }

  /** A new message, or a newer version of one that is there. */
  private say(id: string, seq: number, messages: Message[]): Message {
    const own = messages.filter((one) => one.conversation_id === id);
    const known = own[Math.floor(this.luck() * own.length * 2)];
    if (known) return { ...known, version: known.version + 1, text: `изменено ${seq}` };
    const position = String(seq).padStart(8, "0");
    return makeMessage({ id: `m${seq}`, conversation_id: id, version: 1, position });
  }

  /** A cursor holds the keys of the last talk, as it was then. */
  page(filter: ConversationFilter, seq: number, cursor: string | null): ConversationPage {
    const after: number[] | null = cursor === null ? null : JSON.parse(cursor);
    const keys = (talk: Conversation) => keysOf(talk, filter);
    const rest = this.state(seq)
      .talks.filter((talk) => isIn(talk, filter))
      .filter((talk) => after === null || compareKeys(keys(talk), after) > 0)
      .sort((one, other) => compareKeys(keys(one), keys(other)));
    const items = rest.slice(0, pageSize);
    const last = items.at(-1);
    const hasMore = last !== undefined && rest.length > pageSize;
    return { items, next_cursor: hasMore ? JSON.stringify(keys(last)) : null, seq };
  }

  /** The pages that follow those of `known`, each read at its moment. */
  more(
    filter: ConversationFilter,
    known: ConversationList,
    read: () => number,
    most = Number.POSITIVE_INFINITY,
  ): ConversationList {
    const pages = [...known.pages];
    let last = pages.at(-1);
    while (pages.length < most && (last === undefined || last.next_cursor !== null)) {
      last = this.page(filter, read(), last?.next_cursor ?? null);
      pages.push(last);
    }
    return { pages, pageParams: pages.map(() => null) };
  }

  counts(seq: number): Counts {
    const open = this.state(seq).talks.filter((talk) => talk.status === "open");
    const of = (mode: Mode) => {
      const own = open.filter((talk) => talk.mode === mode);
      return {
        open: own.length,
        unread: own.filter((talk) => talk.unread_count > 0).length,
        waiting: own.filter((talk) => talk.waiting_since !== null).length,
      };
    };
    return { bot: of("bot"), manager: of("manager"), seq };
  }

  messages(id: string, seq: number): MessageList {
    const items = this.state(seq)
      .messages.filter((one) => one.conversation_id === id)
      .sort((a, b) => (a.position > b.position ? -1 : 1));
    return {
      pages: [{ items, next_cursor: null, previous_cursor: null, seq }],
      pageParams: [null],
    };
  }
}

const filters: ConversationFilter[] = modes.flatMap((mode) =>
  views.map((view) => ({ mode, status: "open", ...view })),
);

/** With the pages that were not loaded yet, as the server would give them now. */
function shown(client: QueryClient, server: Server) {
  const lists = filters.map((filter) => {
    const list = client.getQueryData<ConversationList>(inboxKeys.list(filter));
    if (!list) return null;
    const whole = server.more(filter, list, () => server.head);
    return flattenList(whole, filter).map(({ id, version }) => [id, version]);
  });
  const talks = talkIds.map((id) => {
    const messages = client.getQueryData<MessageList>(inboxKeys.messages(id));
    return messages ? flattenMessages(messages).map(({ id, text }) => [id, text]) : null;
  });
  const counts = client.getQueryData<Counts>(inboxKeys.counts);
  return { lists, talks, counts };
}

function screenAt(server: Server, read: () => number, pages: () => number): QueryClient {
  const client = new QueryClient();
  const nothing: ConversationList = { pages: [], pageParams: [] };
  for (const filter of filters) {
    let seq = 0; // a page is read after the one above it
    const next = () => {
      seq = Math.max(seq, read());
      return seq;
    };
    client.setQueryData(inboxKeys.list(filter), server.more(filter, nothing, next, pages()));
  }
  client.setQueryData(inboxKeys.counts, server.counts(read()));
  for (const id of talkIds)
    client.setQueryData(inboxKeys.messages(id), server.messages(id, read()));
  return client;
}

describe("the screen", () => {
  it.each(Array.from({ length: runs }, (_, seed) => seed))(
    "is what the server holds, however the stream was cut and told again (%i)",
    (seed) => {
      const luck = luckOf(seed);
      const server = new Server(luck);
      // Each answer was read at a moment of its own; the stream begins no later than the oldest.
      const reads: number[] = [];
      const read = () => {
        reads.push(Math.floor(luck() * (server.head + 1)));
        return reads.at(-1) ?? 0;
      };
      const client = screenAt(server, read, () => 1 + Math.floor(luck() * 4));
      let told = Math.floor(luck() * (Math.min(...reads) + 1));

      while (told < server.head) {
        const until = told + 1 + Math.floor(luck() * 12);
        applyEvents(client, server.events.slice(told, until));
        // A cut: the stream goes on from what the browser had, or from somewhere before that.
        told = Math.min(until, server.head);
        if (told < server.head) told -= Math.floor(luck() * Math.min(told, 6));
      }

      const whole = screenAt(
        server,
        () => server.head,
        () => talkIds.length,
      );
      expect(shown(client, server)).toEqual(shown(whole, server));
    },
  );
});
