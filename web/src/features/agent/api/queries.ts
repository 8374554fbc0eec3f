import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";

export type Agent = components["schemas"]["AgentRead"];

export function agentQuery() {
  return queryOptions({
    queryKey: ["agent"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/agent", { signal })),
    // No event tells of a change by a colleague, so coming back to the window asks anew.
    refetchOnWindowFocus: true,
  });
}

export function useSwitchAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (enabled: boolean) => {
      const agent = await client.fetchQuery({ ...agentQuery(), staleTime: 0 });
      const { instructions, debounce_s, reply_cap } = agent;
      const body = { enabled, instructions, debounce_s, reply_cap };
      return bodyOf(api.PUT("/api/v1/agent", { body }));
    },
    onSuccess: (agent) => client.setQueryData(agentQuery().queryKey, agent),
  });
}
