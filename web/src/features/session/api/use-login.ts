import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { meQuery } from "@/lib/current-user";

export function useLogin() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      bodyOf(api.POST("/api/v1/auth/login", { body })),
    onSuccess: (me) => client.setQueryData(meQuery().queryKey, me),
  });
}

export function useLogout() {
  return useMutation({ mutationFn: () => api.POST("/api/v1/auth/logout") });
}
