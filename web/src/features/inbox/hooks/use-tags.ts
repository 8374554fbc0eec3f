import { useQuery } from "@tanstack/react-query";
import { tagsQuery } from "../api/tags";
import type { Tag } from "../model/types";

/** The tags of a talk that are still there, by name. */
export function useTags(ids: readonly string[]): Tag[] {
  const { data: tags = [] } = useQuery(tagsQuery());
  return tags.filter(({ id }) => ids.includes(id));
}
