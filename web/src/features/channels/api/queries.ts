import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { useCreation } from "@/lib/use-creation";

export type ChannelAccount = components["schemas"]["ChannelAccountRead"];
export type AccountKeys = components["schemas"]["ChannelKeys"];
type NewAccount = components["schemas"]["ChannelAccountCreate"];
type AccountUpdate = components["schemas"]["ChannelAccountUpdate"];

/** Ask the channel at once; subscribe anew; stop receiving and sending; read the history again. */
export type AccountAct = "check" | "connect" | "disconnect" | "resync";

export function accountsQuery() {
  return queryOptions({
    staleTime: Number.POSITIVE_INFINITY, // the stream keeps it true
    queryKey: ["channel-accounts"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/channel-accounts", { signal })),
  });
}

export function useAddAccount() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (body: NewAccount) => bodyOf(api.POST("/api/v1/channel-accounts", { body })),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}

export function useAccountAct(id: string, act: AccountAct) {
  const client = useQueryClient();
  const params = { path: { account_id: id } };
  return useMutation({
    mutationFn: () => bodyOf(api.POST(`/api/v1/channel-accounts/{account_id}/${act}`, { params })),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}

export function useUpdateAccount(id: string) {
  const client = useQueryClient();
  const params = { path: { account_id: id } };
  return useMutation({
    mutationFn: (body: AccountUpdate) =>
      bodyOf(api.PATCH("/api/v1/channel-accounts/{account_id}", { params, body })),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}

export function useReplaceKeys(id: string) {
  const client = useQueryClient();
  const params = { path: { account_id: id } };
  return useMutation({
    mutationFn: (body: AccountKeys) =>
      bodyOf(api.PUT("/api/v1/channel-accounts/{account_id}/keys", { params, body })),
    onSuccess: () => client.invalidateQueries(accountsQuery()),
  });
}
