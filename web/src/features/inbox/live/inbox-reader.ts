import type { Query, QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { inboxKeys } from "../api/keys";
import { markRead, markReadOnReturn, openConversation } from "../api/mark-read";
import type { ConversationList } from "../model/conversation-list";
import { type InboxEvent, inboxEventTypes, readInboxEvent } from "../model/inbox-event";
import type { MessageList } from "../model/message-list";
import type { Counts } from "../model/types";
import { applyEvents, catchUp } from "./apply-event";
import { RecentEvents } from "./recent-events";

// The first event is shown at once; those that follow on its heels are shown together.
const pauseMs = 100;

/** Turns the server's events into what the inbox shows. */
export function createInboxReader(
  client: QueryClient,
  /** The talk on the screen: what comes into it is read at once. */
  openConversationId: () => string | null,
): LiveReader {
  const recent = new RecentEvents();
  let waiting: InboxEvent[] = [];
  let pause: ReturnType<typeof setTimeout> | undefined;

  function start(): () => void {
    const forget = client.getQueryCache().subscribe((event) => {
      if (event.type !== "updated" || event.action.type !== "success") return;
      // The switches of the agent and of the accounts: an open talk's details tell what follows.
      const { queryKey, state } = event.query;
      if (state.dataUpdateCount > 1 && ["agent", "channel-accounts"].includes(`${queryKey[0]}`)) {
        void client.invalidateQueries({ queryKey: inboxKeys.agents });
      }
      if (event.action.manual || queryKey[0] !== inboxKeys.all[0]) return;
      catchUp(client, event.query, recent.all());
    });
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      forget();
      document.removeEventListener("visibilitychange", onVisibility);
      recent.clear();
      drop();
    };
  }

  function drop(): void {
    clearTimeout(pause);
    pause = undefined;
    waiting = [];
  }

  function onVisibility(): void {
    const id = openConversationId();
    if (id !== null && document.visibilityState === "visible") void markReadOnReturn(client, id);
  }

  function onEvent(data: string): void {
    const event = readInboxEvent(data);
    if (!event) return;
    recent.add(event);
    waiting.push(event);
    if (pause === undefined) show();
  }

  function show(): void {
    pause = undefined;
    if (waiting.length === 0) return;
    const events = waiting;
    waiting = [];
    pause = setTimeout(show, pauseMs);
    applyEvents(client, events);
    const id = openConversationId();
    // Marked unread on purpose, by a colleague or in another window, it stays so.
    const news = events.findLast(
      ({ type, conversation }) => conversation.id === id && type !== "conversation.updated",
    );
    if (news && document.visibilityState === "visible") void markRead(client, news.conversation);
  }

  function onReady(head: number): void {
    void client.invalidateQueries({
      queryKey: inboxKeys.all,
      predicate: (query) => isOlderThan(query, head),
    });
  }

  function onReload(): void {
    recent.clear();
    drop();
    void client.invalidateQueries({ queryKey: inboxKeys.all });
  }

  // A talk that was opened during the break could be neither read nor marked read.
  function onReturn(): void {
    const id = openConversationId();
    if (id !== null) void openConversation(client, id, () => openConversationId() === id);
  }

  return { types: inboxEventTypes, start, onEvent, onReady, onReload, onReturn };
}

function isOlderThan(query: Query, head: number): boolean {
  const data: unknown = query.state.data;
  if (data === undefined) return false;
  switch (query.queryKey[1]) {
    case "counts":
      return (data as Counts).seq < head;
    case "list":
    case "messages":
      return (data as ConversationList | MessageList).pages.some((page) => page.seq < head);
    default:
      return true; // a single conversation does not say at which event it was read
  }
}
