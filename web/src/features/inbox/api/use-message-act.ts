import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { applyMessage } from "../live/apply-event";

export function useMessageAct(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: "recall" | "retry") =>
      bodyOf(
        api.POST(`/api/v1/messages/{message_id}/${act}`, {
          params: { path: { message_id: id } },
        }),
      ),
    onSuccess: (message) => applyMessage(client, message),
  });
}

/** The address of a recording lives for an hour, so it is asked for at each listening. */
export function useVoiceUrl(id: string) {
  return useMutation({
    mutationFn: () =>
      bodyOf(
        api.GET("/api/v1/messages/{message_id}/voice", { params: { path: { message_id: id } } }),
      ),
  });
}
