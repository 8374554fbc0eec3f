import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { useCreation } from "@/lib/use-creation";

export function whoAmIQuery() {
  return queryOptions({
    queryKey: ["developer", "me"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/dev/me", { signal })),
  });
}

export function useSeed() {
  return useCreation({
    mutationFn: (talks: number) => bodyOf(api.POST("/api/v1/dev/seed", { body: { talks } })),
  });
}

export function useEmulate() {
  return useCreation({
    mutationFn: (body: components["schemas"]["EmulatedMessage"]) =>
      api.POST("/api/v1/dev/messages", { body }),
  });
}

export function useReset() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (confirmation: string) =>
      bodyOf(api.POST("/api/v1/dev/reset", { body: { confirmation } })),
    // Other tabs are told by the stream; here nothing of them is to be seen for a moment either.
    onSuccess: () => client.resetQueries(),
  });
}
