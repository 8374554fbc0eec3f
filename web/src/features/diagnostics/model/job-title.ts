import type { ParseKeys } from "i18next";

const titles: Record<string, ParseKeys> = {
  "assistant.take_turn": "diagnostics.job.turn",
  "channels.connect": "diagnostics.job.connect",
  "channels.sweep_account": "diagnostics.job.sweep",
  "channels.sweep_all": "diagnostics.job.sweep",
  "channels.sync_history": "diagnostics.job.history",
  "channels.take_in": "diagnostics.job.takeIn",
  "channels.unsubscribe": "diagnostics.job.unsubscribe",
  "channels.watch_webhook": "diagnostics.job.watch",
  "channels.watch_all": "diagnostics.job.watch",
  "inbox.block_on_channel": "diagnostics.job.block",
  "inbox.deliver_message": "diagnostics.job.deliver",
  "inbox.enrich_conversation": "diagnostics.job.enrich",
  "inbox.mark_read_on_channel": "diagnostics.job.read",
  "inbox.send_scheduled": "diagnostics.job.scheduled",
};

/** What the job was for; null for one that only its name tells. */
export function jobTitle(name: string): ParseKeys | null {
  return titles[name] ?? null;
}
