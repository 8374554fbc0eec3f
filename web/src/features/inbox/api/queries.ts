import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
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

export function messagesQuery(id: string) {
  return infiniteQueryOptions({
    ...keptByStream,
    queryKey: inboxKeys.messages(id),
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}/messages", {
          params: { path: { conversation_id: id }, query: { limit: 50, ...cursorOf(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

function askedFor({ assignee_id: assignee, ...filter }: ConversationFilter) {
  if (assignee === undefined) return filter;
  return { ...filter, assignee: assignee === null ? ("none" as const) : ("me" as const) };
}

function cursorOf(pageParam: string | null): { cursor?: string } {
  return pageParam === null ? {} : { cursor: pageParam };
}
