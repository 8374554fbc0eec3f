import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { inboxKeys } from "./keys";

const turnsShown = 5;

/** Who the contact is, with all their talks; the stream keeps it true. */
export function contactCardQuery(id: string) {
  return queryOptions({
    queryKey: inboxKeys.contact(id),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/contacts/{contact_id}", { params: { path: { contact_id: id } }, signal }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Whether the agent would answer now: much of it lies outside the talk, so it is asked often. */
export function agentStandingQuery(id: string) {
  return queryOptions({
    queryKey: inboxKeys.agent(id),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}/agent", {
          params: { path: { conversation_id: id } },
          signal,
        }),
      ),
    refetchOnWindowFocus: true,
  });
}

export function turnsQuery(id: string) {
  return queryOptions({
    queryKey: inboxKeys.turns(id),
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/conversations/{conversation_id}/turns", {
          params: { path: { conversation_id: id }, query: { limit: turnsShown } },
          signal,
        }),
      ),
  });
}
