import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { meQuery } from "@/lib/current-user";

export type Session = components["schemas"]["SessionRead"];

export function sessionsQuery() {
  return queryOptions({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/me/sessions", { signal })),
  });
}

export function useRename() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => bodyOf(api.PATCH("/api/v1/me", { body: { name } })),
    onSuccess: (me) => client.setQueryData(meQuery().queryKey, me),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: components["schemas"]["PasswordChange"]) =>
      api.POST("/api/v1/me/password", { body }),
    onSuccess: () => client.invalidateQueries(sessionsQuery()),
  });
}

export function useEndOtherSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/api/v1/me/sessions"),
    onSettled: () => client.invalidateQueries(sessionsQuery()),
  });
}
