import { notifications } from "@mantine/notifications";
import { type RefObject, type UIEvent, useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newSince } from "../model/feed";
import type { Message } from "../model/types";

const nearEdge = 240;
const mostPages = 40;
const flash = { backgroundColor: ["var(--wait-soft)", "transparent"] };

interface Feed {
  data: Message[] | undefined;
  hasNextPage: boolean;
  isFetching: boolean;
  fetchNextPage: () => Promise<{ data: Message[] | undefined; hasNextPage: boolean }>;
}

/** Where the reader of a talk is, and the ways to be elsewhere. */
export function useFeedScroll(
  scroller: RefObject<HTMLDivElement | null>,
  feed: Feed,
  messages: readonly Message[],
  firstUnreadId: string | null,
  around: string | null,
) {
  const { t } = useTranslation();
  const [isAtEnd, setIsAtEnd] = useState(true);
  /** The newest message when the end went out of sight. */
  const [seen, setSeen] = useState<string | null>(null);
  /** Where the talk was opened; once it was, what is unread moves nobody any more. */
  const placed = useRef<string | null>(null);

  // The scroller runs from the bottom up: zero is the newest message.
  function onScroll({ currentTarget }: UIEvent<HTMLDivElement>): void {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget;
    const isNearEnd = -scrollTop < nearEdge;
    if (isNearEnd !== isAtEnd) {
      setIsAtEnd(isNearEnd);
      setSeen(isNearEnd ? null : (messages.at(-1)?.position ?? null));
    }
    const isNearStart = scrollHeight - clientHeight + scrollTop < nearEdge;
    if (isNearStart && feed.hasNextPage && !feed.isFetching) void feed.fetchNextPage();
  }

  function elementOf(id: string): HTMLElement | null {
    return scroller.current?.querySelector<HTMLElement>(`[data-message="${id}"]`) ?? null;
  }

  // A talk opens where the search led; or at what was not read yet, if that is above the screen.
  useLayoutEffect(() => {
    const place = around ?? firstUnreadId;
    if (place === null || place === placed.current) return;
    if (around !== null) {
      if (elementOf(around) === null) return;
      placed.current = around;
      show(around);
      return;
    }
    if (placed.current !== null) return;
    placed.current = place;
    const frame = scroller.current?.getBoundingClientRect();
    const mark = scroller.current?.querySelector("[data-unread]");
    if (!frame || !mark) return;
    if (mark.getBoundingClientRect().top < frame.top) mark.scrollIntoView({ block: "start" });
  });

  /** Loads what is older until the message is there, and shows it. */
  async function reach(find: (list: readonly Message[]) => string | null): Promise<void> {
    let list: readonly Message[] = messages;
    let hasMore = feed.hasNextPage;
    for (let page = 0; page <= mostPages; page += 1) {
      const id = find(list);
      if (id !== null) {
        // The page that was just read is not on the screen yet.
        requestAnimationFrame(() => requestAnimationFrame(() => show(id)));
        return;
      }
      if (!hasMore) break;
      const next = await feed.fetchNextPage();
      list = next.data ?? [];
      hasMore = next.hasNextPage;
    }
    notifications.show({ color: "wait", message: t("message.quoteLost") });
  }

  function show(id: string): void {
    const element = elementOf(id);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
    element?.animate?.(flash, { duration: 1600 });
  }

  function toEnd(): void {
    scroller.current?.scrollTo({ top: 0, behavior: "smooth" });
  }

  return { isAtEnd, newCount: newSince(messages, seen), onScroll, reach, toEnd };
}
