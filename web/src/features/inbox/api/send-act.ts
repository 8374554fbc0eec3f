import { api, bodyOf } from "@/lib/api-client";
import type { Act } from "../model/act";
import type { BulkResult, Conversation } from "../model/types";

export function sendAct(id: string, act: Act): Promise<Conversation> {
  const path = { conversation_id: id };
  switch (act.name) {
    case "assign":
      return bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/assign", {
          params: { path },
          body: { assignee_id: act.to?.id ?? null },
        }),
      );
    case "snooze":
      return bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/snooze", {
          params: { path },
          body: { until: act.until },
        }),
      );
    case "undo-close":
      return bodyOf(
        api.POST("/api/v1/conversations/{conversation_id}/reopen", {
          params: { path },
          body: { undo: true },
        }),
      );
    case "tag":
      return bodyOf(
        api.PUT("/api/v1/conversations/{conversation_id}/tags/{tag_id}", {
          params: { path: { ...path, tag_id: act.tagId } },
        }),
      );
    case "untag":
      return bodyOf(
        api.DELETE("/api/v1/conversations/{conversation_id}/tags/{tag_id}", {
          params: { path: { ...path, tag_id: act.tagId } },
        }),
      );
    default:
      return bodyOf(
        api.POST(`/api/v1/conversations/{conversation_id}/${act.name}`, { params: { path } }),
      );
  }
}

const atOnce = 200;

interface BulkAnswer {
  /** Of the talks that the server was asked about. */
  results: BulkResult[];
  /** Why it could not be asked about the rest. */
  error?: unknown;
}

/** One act on many talks, as many as the server takes at once. What is done stays done. */
export async function sendBulk(ids: readonly string[], act: Act): Promise<BulkAnswer> {
  const results: BulkResult[] = [];
  for (let start = 0; start < ids.length; start += atOnce) {
    const body = {
      ids: ids.slice(start, start + atOnce),
      act: act.name,
      ...(act.name === "assign" && { assignee_id: act.to?.id ?? null }),
      ...(act.name === "snooze" && { until: act.until }),
      ...("tagId" in act && { tag_id: act.tagId }),
    };
    try {
      const answer = await bodyOf(api.POST("/api/v1/conversations/bulk", { body }));
      results.push(...answer.results);
    } catch (error) {
      return { results, error };
    }
  }
  return { results };
}
