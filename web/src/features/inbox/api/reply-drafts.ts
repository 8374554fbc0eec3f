import { useEffect, useSyncExternalStore } from "react";
import { api, bodyOf } from "@/lib/api-client";
import { useMe } from "@/lib/current-user";
import { NoteDrafts } from "../live/note-drafts";
import { Outbox } from "../live/outbox";
import { pictureShelf } from "../live/picture-shelf";
import { type DraftServer, ReplyDrafts } from "../live/reply-drafts";
import type { Sending } from "../model/sending";

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

interface Drafts {
  userId: string;
  replies: ReplyDrafts;
  notes: NoteDrafts;
  outbox: Outbox;
}

let current: Drafts | null = null;

/** What the one who is signed in has begun to write. */
function draftsOf(userId: string): Drafts {
  if (current?.userId !== userId) {
    const replies = new ReplyDrafts(userId, server);
    const outbox = new Outbox(userId);
    outbox.restore((talk, sending) => takeBack(replies, talk, sending));
    current = { userId, replies, notes: new NoteDrafts(userId), outbox };
  }
  return current;
}

/** A reply that did not leave stands in the field again, with its pictures. */
export function takeBack(replies: ReplyDrafts, talk: string, { text, pictures }: Sending): void {
  replies.putBack(talk, text);
  pictureShelf.putBack(
    talk,
    pictures.map(({ attachmentId }) => attachmentId),
  );
}

/** On signing out. */
export function forgetReplyDrafts(): void {
  current?.replies.leave();
  current?.outbox.leave();
  current = null;
}

export function useReplyDrafts(): ReplyDrafts {
  return draftsOf(useMe().user.id).replies;
}

export function useOutbox(): Outbox {
  return draftsOf(useMe().user.id).outbox;
}

export function useNoteDrafts(): NoteDrafts {
  return draftsOf(useMe().user.id).notes;
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
