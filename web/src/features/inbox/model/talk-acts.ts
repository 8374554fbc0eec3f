import type { Conversation } from "./types";

export type Act = "take-over" | "return-to-bot" | "close" | "reopen" | "pin" | "unpin";
export type MainAct = Exclude<Act, "pin" | "unpin">;

export const actLabels = {
  "take-over": "talk.act.takeOver",
  "return-to-bot": "talk.act.returnToBot",
  close: "talk.act.close",
  reopen: "talk.act.reopen",
} as const satisfies Record<MainAct, string>;

/** What can be done with the talk, the most wanted first: `room` of it as buttons. */
export function talkActs(
  conversation: Conversation,
  userId: string,
  room: number,
): { buttons: MainAct[]; rest: MainAct[] } {
  const { mode, status, assignee } = conversation;
  const acts: MainAct[] = [];
  if (status === "closed") {
    acts.push("reopen");
  } else {
    if (mode === "bot" || assignee?.id !== userId) acts.push("take-over");
    if (mode === "manager") acts.push("return-to-bot");
    acts.push("close");
  }
  return { buttons: acts.slice(0, room), rest: acts.slice(room) };
}
