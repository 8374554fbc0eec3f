export const messageTypes = [
  "text",
  "image",
  "link",
  "item",
  "location",
  "call",
  "voice",
  "system",
  "deleted",
  "file",
  "video",
  "app_call",
  "unknown",
  "note",
  "activity",
  "handover",
] as const;

export type MessageType = (typeof messageTypes)[number];

/** A newer server may send a type that this screen does not know. */
export function knownType(type: string): MessageType {
  return messageTypes.find((known) => known === type) ?? "unknown";
}
