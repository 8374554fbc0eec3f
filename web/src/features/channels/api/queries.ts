import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";

export type ChannelAccount = components["schemas"]["ChannelAccountRead"];
type NewAccount = components["schemas"]["ChannelAccountCreate"];

export function accountsQuery() {
  return queryOptions({
    staleTime: Number.POSITIVE_INFINITY, // the stream keeps it true
    queryKey: ["channel-accounts"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/channel-accounts", { signal })),
  });
}

export function useAddAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAccount) => bodyOf(api.POST("/api/v1/channel-accounts", { body })),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}

/** Asks the channel at once whether it lets us again: the tariff was paid, say. */
export function useCheckAccount(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST("/api/v1/channel-accounts/{account_id}/check", {
          params: { path: { account_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}

export function useReconnectAccount(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      bodyOf(
        api.POST("/api/v1/channel-accounts/{account_id}/connect", {
          params: { path: { account_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}
