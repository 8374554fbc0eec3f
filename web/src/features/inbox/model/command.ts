import type { Conversation } from "./types";

/** What a key, a menu or the palette can start on a talk; some of it asks for more first. */
export type Command =
  | "take-over"
  | "return-to-bot"
  | "assign"
  | "close"
  | "reopen"
  | "snooze"
  | "unsnooze"
  | "tags"
  | "unread"
  | "pin"
  | "unpin";

export const commandLabels = {
  "take-over": "talk.act.takeOver",
  "return-to-bot": "talk.act.returnToBot",
  assign: "talk.act.assign",
  close: "talk.act.close",
  reopen: "talk.act.reopen",
  snooze: "talk.act.snooze",
  unsnooze: "talk.act.unsnooze",
  tags: "talk.act.tags",
  unread: "talk.act.unread",
  pin: "talk.act.pin",
  unpin: "talk.act.unpin",
} as const satisfies Record<Command, string>;

/** The commands that make sense for the talk, the most wanted first. */
export function commandsFor(talk: Conversation, userId: string): Command[] {
  if (talk.status === "closed") return ["reopen", "tags", talk.is_pinned ? "unpin" : "pin"];
  const commands: Command[] = [];
  const isSnoozed = talk.status === "snoozed";
  if (isSnoozed) commands.push("unsnooze");
  if (talk.mode === "bot" || talk.assignee?.id !== userId) commands.push("take-over");
  if (talk.mode === "manager") commands.push("return-to-bot");
  commands.push("close", "assign");
  if (!isSnoozed) commands.push("snooze");
  commands.push("tags", "unread");
  commands.push(talk.is_pinned ? "unpin" : "pin");
  return commands;
}

/** The first of them that have a button, `room` in all. */
export function buttonsAmong(commands: readonly Command[], room: number): Command[] {
  const withButton = ["unsnooze", "take-over", "return-to-bot", "close", "reopen"];
  return commands.filter((command) => withButton.includes(command)).slice(0, room);
}

/** By which words else the palette finds it, in both languages. */
export const commandWords: Record<Command, string> = {
  "take-over": "взять себе забрать take over",
  "return-to-bot": "вернуть боту отдать return bot",
  assign: "назначить передать коллеге ответственный assign",
  close: "закрыть завершить архив close archive done",
  reopen: "открыть снова reopen open",
  snooze: "отложить позже напомнить snooze later remind",
  unsnooze: "вернуть в список отменить отложенное unsnooze wake back",
  tags: "метки метка тег tags label",
  unread: "непрочитанный непрочитанным unread",
  pin: "закрепить наверх pin",
  unpin: "открепить unpin",
};
