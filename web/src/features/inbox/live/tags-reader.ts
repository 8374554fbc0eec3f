import type { QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { tagsQuery } from "../api/tags";

/** Tags change seldom and are few: whatever happens to them, the list is read again. */
export function createTagsReader(client: QueryClient): LiveReader {
  const readAgain = () => void client.invalidateQueries({ queryKey: tagsQuery().queryKey });
  return {
    types: ["tag.saved", "tag.deleted"],
    onEvent: readAgain,
    onReady: readAgain,
    onReload: readAgain,
  };
}
