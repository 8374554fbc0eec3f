import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { useCreation } from "@/lib/use-creation";
import type { Tag, TagColor } from "../model/types";

const all = ["tags"] as const;

export function tagsQuery() {
  return queryOptions({
    queryKey: [...all, "list"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/tags", { signal })),
    staleTime: Number.POSITIVE_INFINITY, // the stream tells what changes
  });
}

/** How many talks carry each tag. */
export function tagUsesQuery() {
  return queryOptions({
    queryKey: [...all, "uses"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/tags/uses", { signal })),
    select: (uses) => new Map(uses.map((use) => [use.tag_id, use.conversations])),
    staleTime: 0,
  });
}

function useReadAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: all });
}

export function useAddTag() {
  return useCreation({
    mutationFn: (body: { name: string; color: TagColor }) =>
      bodyOf(api.POST("/api/v1/tags", { body })),
    onSuccess: useReadAgain(),
  });
}

export function useChangeTag() {
  return useMutation({
    mutationFn: ({ id, name, color }: Tag) =>
      bodyOf(
        api.PATCH("/api/v1/tags/{tag_id}", {
          params: { path: { tag_id: id } },
          body: { name, color },
        }),
      ),
    onSuccess: useReadAgain(),
  });
}

export function useDeleteTag() {
  return useMutation({
    mutationFn: (id: string) =>
      bodyOf(api.DELETE("/api/v1/tags/{tag_id}", { params: { path: { tag_id: id } } })),
    onSuccess: useReadAgain(),
  });
}
