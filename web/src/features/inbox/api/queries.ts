import { infiniteQueryOptions, queryOptions, skipToken } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import type { Unread } from "../model/feed";
import type { ConversationFilter } from "../model/types";
import { inboxKeys } from "./keys";

// The stream keeps these answers true, so they never go stale by age.
const keptByStream = { staleTime: Number.POSITIVE_INFINITY } as const;

export function conversationListQuery(filter: ConversationFilter) {
  return infiniteQueryOptions({
    ...keptByStream,
    queryKey: inboxKeys.list(filter),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations", {
          params: { query: { ...askedFor(filter), limit: 50, ...cursorOf(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // Events keep what they do not touch as it is. Comparing by place would copy every row below
    // the one that moved, and draw them all again.
    structuralSharing: false,
  });
}

export function countsQuery() {
  return queryOptions({
    ...keptByStream,
    queryKey: inboxKeys.counts,
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/conversations/counts", { signal })),
  });
}

export function conversationQuery(id: string) {
  return queryOptions({
    ...keptByStream,
    queryKey: inboxKeys.conversation(id),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}", {
          params: { path: { conversation_id: id } },
          signal,
        }),
      ),
  });
}

/** What was unread when the talk was opened; `openConversation` writes it. */
export function unreadQuery(id: string) {
  return queryOptions<Unread>({
    ...keptByStream,
    queryKey: inboxKeys.unread(id),
    queryFn: skipToken,
  });
}

/** The newest messages; or those around one, with the newer ones to be loaded as well. */
export function messagesQuery(id: string, around: string | null = null) {
  return infiniteQueryOptions({
    ...keptByStream,
    queryKey: around === null ? inboxKeys.messages(id) : inboxKeys.messagesAround(id, around),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}/messages", {
          params: {
            path: { conversation_id: id },
            query: {
              limit: 50,
              ...cursorOf(pageParam),
              ...(pageParam === null && around !== null && { around }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    getPreviousPageParam: (page) => page.previous_cursor,
  });
}

function askedFor({ assignee_id: assignee, ...filter }: ConversationFilter) {
  if (assignee === undefined) return filter;
  return { ...filter, assignee: assignee === null ? ("none" as const) : ("me" as const) };
}

function cursorOf(pageParam: string | null): { cursor?: string } {
  return pageParam === null ? {} : { cursor: pageParam };
}
