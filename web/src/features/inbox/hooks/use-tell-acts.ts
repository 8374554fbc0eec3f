import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { performAct, performBulk } from "../api/perform-act";
import { notifyWithUndo } from "../components/undo-notice";
import { type Act, undoOf } from "../model/act";
import { formatMoment } from "../model/moments";
import type { Conversation } from "../model/types";

interface Taken {
  talks: Conversation[];
  act: Act;
}

let told = 0;

/** Does acts, and says what was done, what was refused and how to take it back. */
export function useTellActs() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { user, workspace } = useMe();
  const me = { id: user.id, name: user.name };

  function refused(error: unknown): void {
    notifications.show({ color: "bad", message: `${t("talk.act.failed")} ${errorText(error)}` });
  }

  async function perform(talks: readonly Conversation[], act: Act, canUndo = true) {
    const [only] = talks;
    if (!only) return;
    try {
      if (talks.length === 1) {
        await performAct(client, only, act, me);
        const words = wordsFor(act);
        if (canUndo && words) tellDone(words, talks, act);
      } else {
        const outcome = await performBulk(client, talks, act, me);
        const ids = new Set(outcome.done.map(({ id }) => id));
        const changed = talks.filter(({ id }) => ids.has(id));
        tellMany(outcome.refused, changed, act, canUndo);
      }
    } catch (error) {
      refused(error);
    }
  }

  /** What is said of one talk; the screen itself shows the rest. */
  function wordsFor(act: Act): string | null {
    switch (act.name) {
      case "close":
        return t("talk.done.close");
      case "unread":
        return t("talk.done.unread");
      case "assign":
        return act.to ? t("talk.done.assign", { name: act.to.name }) : t("talk.done.unassign");
      case "snooze": {
        const until = formatMoment(new Date(act.until), new Date(), workspace.time_zone);
        return t("talk.done.snooze", { until });
      }
      default:
        return null;
    }
  }

  function tellMany(reasons: string[], done: Conversation[], act: Act, canUndo: boolean): void {
    const words = [t("bulk.done", { count: done.length })];
    if (reasons.length > 0) {
      const why = [...new Set(reasons)].join("; ");
      words.push(t("bulk.refused", { count: reasons.length, why }));
    }
    if (done.length > 0 && canUndo) tellDone(words.join(" "), done, act);
    else
      notifications.show({ color: reasons.length > 0 ? "bad" : "brand", message: words.join(" ") });
  }

  function tellDone(text: string, before: readonly Conversation[], act: Act): void {
    const taken = undoing(before, act);
    if (taken.length === 0) {
      notifications.show({ message: text });
      return;
    }
    told += 1;
    notifyWithUndo({
      id: `act-${told}`,
      text,
      undoLabel: t("talk.act.undo"),
      undo: () => {
        for (const { talks, act: back } of taken) void perform(talks, back, false);
      },
    });
  }

  return {
    perform,
    refused,
    nobodyWaits: () => notifications.show({ message: t("talk.nobodyWaits") }),
  };
}

/** What takes the act back, each way once with all the talks that need it. */
function undoing(before: readonly Conversation[], act: Act): Taken[] {
  const ways = new Map<string, Taken>();
  for (const talk of before) {
    const back = undoOf(talk, act);
    if (!back) continue;
    const key = JSON.stringify(back);
    const way = ways.get(key) ?? { act: back, talks: [] };
    way.talks.push(talk);
    ways.set(key, way);
  }
  return [...ways.values()];
}
