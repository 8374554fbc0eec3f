import type { components } from "@/api/schema";
import { api } from "@/lib/api-client";

type PresenceUpdate = components["schemas"]["PresenceUpdate"];

// The server forgets a tab after 17 s of silence.
const heartbeatMs = 8000;
const typingLastsMs = 5000;

/** Tells the server which conversation this tab shows, and whether its person types there. */
class OwnPresence {
  // No crypto.randomUUID: a page without https has none, and this need not be a secret.
  private readonly tab = Math.random().toString(36).slice(2);
  private place: string | null = null;
  private isVisible = true;
  private isTyping = false;
  private typingEnds: ReturnType<typeof setTimeout> | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private told = "";
  private isTelling = false;

  /** Returns how to leave. */
  enter(conversationId: string): () => void {
    this.place = conversationId;
    this.isTyping = false;
    this.isVisible = document.visibilityState === "visible";
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => this.tell(), heartbeatMs);
    document.addEventListener("visibilitychange", this.onVisibility);
    window.addEventListener("pagehide", this.sayGoodbye);
    this.tellChange();
    return () => this.leave(conversationId);
  }

  typed(): void {
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => this.stopTyping(), typingLastsMs);
    this.isTyping = true;
    this.tellChange();
  }

  stopTyping(): void {
    clearTimeout(this.typingEnds);
    this.isTyping = false;
    this.tellChange();
  }

  /** Say where we are, though it may be known. */
  tell(): void {
    this.told = "";
    this.tellChange();
  }

  private leave(conversationId: string): void {
    if (this.place !== conversationId) return;
    this.place = null;
    clearTimeout(this.typingEnds);
    clearInterval(this.heartbeat);
    document.removeEventListener("visibilitychange", this.onVisibility);
    window.removeEventListener("pagehide", this.sayGoodbye);
    // The next conversation may be open within the same moment.
    setTimeout(this.tellChange);
  }

  private state(): PresenceUpdate {
    return {
      conversation_id: this.isVisible ? this.place : null,
      state: this.isTyping ? "typing" : "viewing",
      tab: this.tab,
    };
  }

  /** One request at a time, so that an older state never arrives last. */
  private readonly tellChange = (): void => {
    if (this.isTelling) return;
    const body = this.state();
    const text = JSON.stringify(body);
    if (text === this.told) return;
    this.told = text;
    this.isTelling = true;
    api
      .POST("/api/v1/presence", { body })
      // Whoever has no connection is gone for the others anyway; the next heartbeat says it again.
      .catch(() => {})
      .finally(() => {
        this.isTelling = false;
        if (JSON.stringify(this.state()) !== text) this.tellChange();
      });
  };

  private readonly onVisibility = (): void => {
    this.isVisible = document.visibilityState === "visible";
    this.tellChange();
  };

  private readonly sayGoodbye = (): void => {
    this.told = "";
    const body: PresenceUpdate = { conversation_id: null, state: "viewing", tab: this.tab };
    const json = new Blob([JSON.stringify(body)], { type: "application/json" });
    navigator.sendBeacon("/api/v1/presence", json);
  };
}

export const ownPresence = new OwnPresence();
