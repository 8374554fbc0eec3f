import type { InboxEvent } from "../model/inbox-event";

const kept = 2000;

/**
 * The last events of the stream. An answer that was read before an event but arrives after it
 * would take the screen back in time; so these events are applied to every answer once more.
 */
export class RecentEvents {
  private events: InboxEvent[] = [];

  add(event: InboxEvent): void {
    this.events.push(event);
    if (this.events.length > kept) this.events = this.events.slice(-kept / 2);
  }

  all(): readonly InboxEvent[] {
    return this.events;
  }

  clear(): void {
    this.events = [];
  }
}
