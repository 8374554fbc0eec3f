import type { QueryClient } from "@tanstack/react-query";
import { type Me, meQuery } from "@/lib/current-user";
import { showDesktopNotice } from "@/lib/desktop-notice";
import type { LiveReader } from "@/lib/live-stream";
import { playChime, unlockSoundOnTouch } from "@/lib/sound";
import { callsFor } from "../model/alerts";
import { inboxEventTypes, readInboxEvent } from "../model/inbox-event";

interface Place {
  openConversationId: () => string | null;
  open: (conversationId: string) => void;
}

/** Lets a person hear and see, wherever they are, that somebody waits for them. */
export function createAlertsReader(client: QueryClient, place: Place): LiveReader {
  function onEvent(data: string): void {
    const me = client.getQueryData<Me>(meQuery().queryKey);
    const event = readInboxEvent(data);
    if (!me || !event || !callsFor(event, me.user.id)) return;
    const { conversation } = event;
    const isSeen = document.hasFocus() && place.openConversationId() === conversation.id;
    if (isSeen) return;
    if (me.preferences.sound) playChime();
    if (me.preferences.notifications) {
      showDesktopNotice({
        title: conversation.contact.name,
        body: conversation.last_message?.text ?? "",
        tag: conversation.id,
        onClick: () => place.open(conversation.id),
      });
    }
  }

  return {
    types: inboxEventTypes,
    start: unlockSoundOnTouch,
    onEvent,
    onReady: () => {},
    onReload: () => {},
  };
}
