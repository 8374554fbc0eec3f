import { useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/lib/current-user";
import { randomKey } from "@/lib/random-key";
import { serverNow } from "@/lib/server-clock";
import { inboxKeys } from "../api/keys";
import { useOutbox } from "../api/reply-drafts";
import { useScheduleReply } from "../api/scheduled";
import { useCancelMessage } from "../api/use-cancel-message";
import { useFailedSend, useSendMessage } from "../api/use-send-message";
import { ownPresence } from "../live/own-presence";
import { pictureShelf } from "../live/picture-shelf";
import { lastHeld } from "../model/held";
import type { MessageList } from "../model/message-list";
import type { Message } from "../model/types";

/** Sends replies of one talk, now or later, and takes back the one that has just been sent. */
export function useReply(id: string) {
  const client = useQueryClient();
  const { user } = useMe();
  const outbox = useOutbox();
  const now = useSendMessage(id);
  const later = useScheduleReply(id);
  const cancel = useCancelMessage(id);
  const failed = useFailedSend(id);

  function newest(): Message[] {
    return client.getQueryData<MessageList>(inboxKeys.messages(id))?.pages[0]?.items ?? [];
  }

  function send(text: string): void {
    const pictures = pictureShelf.take(id).flatMap(({ attachmentId, url }) => {
      return attachmentId === null ? [] : [{ attachmentId, url }];
    });
    ownPresence.stopTyping();
    now.mutate({
      text,
      pictures,
      idempotencyKey: outbox.keyOf(id, text, pictures) ?? randomKey(),
      afterPosition: newest()[0]?.position ?? "",
      startedAt: new Date().toISOString(),
    });
  }

  function sendLater(text: string, sendAt: Date): void {
    ownPresence.stopTyping();
    later.mutate({ text, sendAt });
  }

  /** The reply that has just been sent comes back; false where there is none. */
  function takeBack(): boolean {
    const held = lastHeld(newest(), user.id, serverNow());
    if (!held || cancel.isPending) return false;
    cancel.mutate(held.id);
    return true;
  }

  return { send, sendLater, takeBack, isScheduling: later.isPending, failed };
}
