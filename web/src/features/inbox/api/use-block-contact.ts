import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { applyConversation } from "../live/apply-event";
import type { BlockReason } from "../model/types";

export function useBlockContact(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: BlockReason) =>
      bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/block", {
          params: { path: { conversation_id: id } },
          body: { reason },
        }),
      ),
    onSuccess: (conversation) => applyConversation(client, conversation),
  });
}
