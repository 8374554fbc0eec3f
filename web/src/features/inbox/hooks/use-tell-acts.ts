import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isUnreached } from "@/lib/api-error";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { inboxKeys } from "../api/keys";
import { newestKnown } from "../api/known-talks";
import { type Outcome, performAct, performBulk } from "../api/perform-act";
import { notifyWithUndo } from "../components/undo-notice";
import { type Act, undoOf } from "../model/act";
import { formatMoment } from "../model/moments";
import type { Conversation } from "../model/types";

interface Taken {
  /** As the act has made them. */
  talks: Conversation[];
  act: Act;
}

const manyDone = {
  "take-over": "bulk.done.takeOver",
  "return-to-bot": "bulk.done.returnToBot",
  close: "bulk.done.close",
  reopen: "bulk.done.reopen",
  "undo-close": "bulk.done.reopen",
  pin: "bulk.done.pin",
  unpin: "bulk.done.unpin",
  read: "bulk.done.read",
  unread: "bulk.done.unread",
  unsnooze: "bulk.done.unsnooze",
  tag: "bulk.done.tag",
  untag: "bulk.done.untag",
} as const satisfies Record<Exclude<Act["name"], "assign" | "snooze">, string>;

let told = 0;
const shown = new Set<string>();

/** Whoever has left the chats is told no more of what was done there. */
export function hideDone(): void {
  for (const id of shown) notifications.hide(id);
  shown.clear();
}

/** Does acts, and says what was done, what was refused and how to take it back. */
export function useTellActs() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user, workspace } = useMe();
  const me = { id: user.id, name: user.name };

  function refused(error: unknown, talks: readonly Conversation[] = []): void {
    if (!isUnreached(error)) {
      notifications.show({ color: "bad", message: `${errorText(error)} ${t("talk.act.failed")}` });
      return;
    }
    notifications.show({ color: "bad", message: t("talk.act.unknown") });
    readAgain(talks);
  }

  /** The answer was lost, and the act may have been done: the talks themselves know. */
  function readAgain(talks: readonly Conversation[]): void {
    for (const { id } of talks) {
      void client.invalidateQueries({ queryKey: inboxKeys.conversation(id) });
    }
    void client.invalidateQueries({ queryKey: inboxKeys.lists });
    void client.invalidateQueries({ queryKey: inboxKeys.counts });
  }

  /** Returns the talks that were changed, as they are now. */
  async function perform(
    talks: readonly Conversation[],
    act: Act,
    canUndo = true,
  ): Promise<readonly Conversation[]> {
    const before = newestKnown(client, talks);
    const [only] = before;
    if (!only) return [];
    try {
      if (before.length === 1) {
        const answer = await performAct(client, only, act, me);
        const words = wordsFor(act);
        if (canUndo && words) tellDone(words, undoing(before, [answer], act));
        return [answer];
      }
      const outcome = await performBulk(client, before, act, me);
      tellMany(act, outcome, canUndo ? undoing(before, outcome.done, act) : []);
      return outcome.done;
    } catch (error) {
      refused(error, before);
      return [];
    }
  }

  /** What is said of one talk; the screen itself shows the rest. */
  function wordsFor(act: Act): string | null {
    switch (act.name) {
      case "take-over":
        return t("talk.done.takeOver");
      case "return-to-bot":
        return t("talk.done.returnToBot");
      case "close":
        return t("talk.done.close");
      case "reopen":
        return t("talk.done.reopen");
      case "unsnooze":
        return t("talk.done.unsnooze");
      case "unread":
        return t("talk.done.unread");
      case "assign":
        return act.to ? t("talk.done.assign", { name: act.to.name }) : t("talk.done.unassign");
      case "snooze":
        return t("talk.done.snooze", { until: untilOf(act.until) });
      default:
        return null;
    }
  }

  function wordsForMany(act: Act, count: number): string {
    const chats = t("bulk.chats", { count });
    switch (act.name) {
      case "assign":
        return act.to
          ? t("bulk.done.assign", { chats, name: act.to.name })
          : t("bulk.done.unassign", { chats });
      case "snooze":
        return t("bulk.done.snooze", { chats, until: untilOf(act.until) });
      default:
        return t(manyDone[act.name], { chats });
    }
  }

  function untilOf(until: string): string {
    return formatMoment(new Date(until), new Date(), workspace.time_zone);
  }

  function tellMany(act: Act, { done, refused: reasons, unasked }: Outcome, ways: Taken[]): void {
    const words: string[] = [];
    if (reasons.length > 0) {
      const why = [...new Set(reasons)].join("; ");
      words.push(t("bulk.refused", { count: reasons.length, why }));
    }
    if (unasked && isUnreached(unasked.error)) {
      words.push(t("talk.act.unknown"));
      readAgain([]);
    } else if (unasked) {
      const why = errorText(unasked.error).replace(/\.$/, "");
      words.push(t("bulk.refused", { count: unasked.count, why }));
    }
    const isWhole = words.length === 0;
    if (done.length > 0) {
      const what = wordsForMany(act, done.length);
      words.unshift(isWhole ? what : `${what}.`);
    }
    tellDone(words.join(" "), ways, isWhole ? "brand" : "bad");
  }

  function tellDone(text: string, ways: Taken[], color = "brand"): void {
    told += 1;
    const id = `act-${told}`;
    if (color !== "bad") shown.add(id);
    if (ways.length === 0) {
      notifications.show({ id, color, message: text });
      return;
    }
    notifyWithUndo({
      id,
      text,
      undoLabel: t("talk.act.undo"),
      undo: () => {
        for (const { talks, act: back } of ways) void perform(talks, back, false);
      },
    });
  }

  return {
    perform,
    refused,
    nobodyWaits: () => notifications.show({ message: t("talk.nobodyWaits") }),
  };
}

/** What takes the act back from the talks it changed, each way once with all that need it. */
function undoing(
  before: readonly Conversation[],
  answers: readonly Conversation[],
  act: Act,
): Taken[] {
  const ways = new Map<string, Taken>();
  for (const answer of answers) {
    const talk = before.find(({ id }) => id === answer.id);
    const back = talk && undoOf(talk, act);
    if (!back) continue;
    const key = JSON.stringify(back);
    const way = ways.get(key) ?? { act: back, talks: [] };
    way.talks.push(answer);
    ways.set(key, way);
  }
  return [...ways.values()];
}
