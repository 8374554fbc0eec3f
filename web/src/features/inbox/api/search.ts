import { useDebouncedValue } from "@mantine/hooks";
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import type { Conversation } from "../model/types";

/** The last letters of a question are often typed within this time. */
export const searchDelayMs = 250;

/** Whether there is anything to ask for: the server refuses a question without a word or number. */
export function canSearch(question: string): boolean {
  return /[a-zа-яё0-9]/i.test(question);
}

export function searchQuery(question: string) {
  return infiniteQueryOptions({
    queryKey: ["search", question],
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET("/api/v1/search", {
          params: {
            query: { q: question, limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    enabled: canSearch(question),
    // What was found stays in sight while the next answer is on its way.
    placeholderData: keepPreviousData,
    staleTime: 5000,
  });
}

interface Found {
  talks: Conversation[];
  isAsking: boolean;
  error: Error | null;
}

/** The talks that answer what is being typed, as soon as the typing pauses. */
export function useFoundTalks(typed: string): Found {
  const question = typed.trim();
  const [asked] = useDebouncedValue(question, searchDelayMs);
  const { data, error, isFetching, isPlaceholderData } = useInfiniteQuery(searchQuery(asked));
  // What was found for other words would be chosen by mistake.
  const isBehind = asked !== question || isPlaceholderData;
  const pages = canSearch(question) && !isBehind ? (data?.pages ?? []) : [];
  return {
    talks: pages.flatMap(({ items }) => items.map(({ conversation }) => conversation)),
    isAsking: canSearch(question) && (isBehind || isFetching),
    error: isBehind ? null : error,
  };
}
