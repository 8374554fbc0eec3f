import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { type Me, meQuery } from "@/lib/current-user";
import { setupQuery } from "@/lib/setup-state";
import { useCreation } from "@/lib/use-creation";

export type Account = components["schemas"]["ChannelAccountRead"];
export type Probe = components["schemas"]["ProbeRead"];
export type Onboarding = components["schemas"]["OnboardingRead"];
type NewOwner = components["schemas"]["SetupCreate"];

export interface Keys {
  client_id: string;
  client_secret: string;
}

const pollMs = 1500;

export function useSetUp() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (body: NewOwner) => bodyOf(api.POST("/api/v1/setup", { body })),
    onSuccess: (me) => {
      client.setQueryData<Me>(meQuery().queryKey, me);
      client.setQueryData(setupQuery().queryKey, { is_needed: false });
    },
  });
}

export function onboardingQuery() {
  return queryOptions({
    queryKey: ["onboarding"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/onboarding", { signal })),
  });
}

/** The accounts, asked for again and again: outside the app no stream tells of them. */
export function watchedAccountsQuery() {
  return queryOptions({
    queryKey: ["channel-accounts"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/channel-accounts", { signal })),
    refetchInterval: pollMs,
    staleTime: 0,
  });
}

/** The talk with the latest word, until it is younger than the account. */
export function latestTalkQuery(accountId: string, isWaiting: boolean) {
  return queryOptions({
    queryKey: ["setup", "latest-talk", accountId],
    queryFn: async ({ signal }) => {
      const query = { account_id: accountId, limit: 1 };
      const page = await bodyOf(api.GET("/api/v1/conversations", { params: { query }, signal }));
      return page.items[0] ?? null;
    },
    refetchInterval: isWaiting ? pollMs : false,
    staleTime: 0,
  });
}

export function useProbe() {
  return useMutation({
    mutationFn: (keys: Keys) =>
      bodyOf(
        api.POST("/api/v1/channel-accounts/probe", { body: { kind: "avito", name: "", ...keys } }),
      ),
  });
}

export function useConnect() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (keys: Keys) =>
      bodyOf(api.POST("/api/v1/channel-accounts", { body: { kind: "avito", name: "", ...keys } })),
    onSuccess: () => client.invalidateQueries(watchedAccountsQuery()),
  });
}

export function useReconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(
        api.POST("/api/v1/channel-accounts/{account_id}/connect", {
          params: { path: { account_id: id } },
        }),
      ),
    onSuccess: () => client.invalidateQueries(watchedAccountsQuery()),
  });
}

/** What the shop says of itself: a document to answer from, and how to answer. */
export function useTeachAgent() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: async (words: { title: string; about: string; instructions: string }) => {
      if (words.instructions !== "") {
        const agent = await bodyOf(api.GET("/api/v1/agent"));
        const { enabled, debounce_s, reply_cap } = agent;
        const body = { enabled, debounce_s, reply_cap, instructions: words.instructions };
        await api.PUT("/api/v1/agent", { body });
      }
      // Last: a second try must not write it twice.
      if (words.about !== "") {
        const body = { title: words.title, text: words.about, enabled: true };
        await api.POST("/api/v1/documents", { body });
      }
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["agent"] });
      void client.invalidateQueries({ queryKey: ["documents"] });
    },
  });
}
