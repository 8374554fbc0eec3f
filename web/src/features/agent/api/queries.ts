import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";

export type Agent = components["schemas"]["AgentRead"];
export type AgentUpdate = components["schemas"]["AgentUpdate"];
export type ModelProvider = components["schemas"]["ModelProvider"];

export function agentQuery() {
  return queryOptions({
    queryKey: ["agent"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/agent", { signal })),
  });
}

export function useSwitchAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => update(client, { enabled }),
    onSuccess: (agent) => client.setQueryData(agentQuery().queryKey, agent),
  });
}

/** Changes only what is given; a model that is left out stays what it is. */
export function useSaveAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: Partial<AgentUpdate>) => update(client, changes),
    onSuccess: (agent) => client.setQueryData(agentQuery().queryKey, agent),
  });
}

async function update(client: QueryClient, changes: Partial<AgentUpdate>): Promise<Agent> {
  const agent = await client.fetchQuery({ ...agentQuery(), staleTime: 0 });
  const { enabled, instructions, debounce_s, reply_cap } = agent;
  const body = { enabled, instructions, debounce_s, reply_cap, ...changes };
  return bodyOf(api.PUT("/api/v1/agent", { body }));
}
