import type { QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";

/** A colleague changed a document: whoever shows them reads them again. */
export function createDocumentsReader(client: QueryClient): LiveReader {
  const readAgain = () => void client.invalidateQueries({ queryKey: ["documents"] });
  return {
    types: ["knowledge.changed"],
    onEvent: readAgain,
    onReady: readAgain,
    onReload: readAgain,
  };
}
