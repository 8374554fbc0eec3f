import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { meQuery } from "@/lib/current-user";

export function useSaveWorkspace() {
  const client = useQueryClient();
  const { queryKey } = meQuery();
  return useMutation({
    mutationFn: (body: components["schemas"]["WorkspaceUpdate"]) =>
      bodyOf(api.PATCH("/api/v1/workspace", { body })),
    onSuccess: (workspace) => client.setQueryData(queryKey, (me) => me && { ...me, workspace }),
  });
}
