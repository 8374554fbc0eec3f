import { useEffect, useSyncExternalStore } from "react";
import { api, bodyOf } from "@/lib/api-client";
import { useMe } from "@/lib/current-user";
import { type DraftServer, ReplyDrafts } from "../live/reply-drafts";

const server: DraftServer = {
  read: (id) =>
    bodyOf(
      api.GET("/api/v1/conversations/{conversation_id}/draft", {
        params: { path: { conversation_id: id } },
      }),
    ),
  save: (id, text, basedOn) =>
    bodyOf(
      api.PUT("/api/v1/conversations/{conversation_id}/draft", {
        params: { path: { conversation_id: id } },
        body: { text, based_on: basedOn },
      }),
    ),
  list: async () => (await bodyOf(api.GET("/api/v1/drafts"))).items,
};

let current: { userId: string; drafts: ReplyDrafts } | null = null;

/** The drafts of who is signed in. */
export function draftsOf(userId: string): ReplyDrafts {
  if (current?.userId !== userId) current = { userId, drafts: new ReplyDrafts(userId, server) };
  return current.drafts;
}

/** On signing out. */
export function forgetReplyDrafts(): void {
  current?.drafts.leave();
  current = null;
}

export function useReplyDrafts(): ReplyDrafts {
  return draftsOf(useMe().user.id);
}

/** The words begun in a talk, as its row shows them. */
export function useDraftPreview(conversationId: string): string {
  const drafts = useReplyDrafts();
  return useSyncExternalStore(drafts.subscribe, () => drafts.preview(conversationId));
}

/** Brings in what another device left in this talk: at its opening and at each return to the tab. */
export function useDraftsOfOtherDevices(conversationId: string): void {
  const drafts = useReplyDrafts();
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === "visible") void drafts.open(conversationId);
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [drafts, conversationId]);
}
