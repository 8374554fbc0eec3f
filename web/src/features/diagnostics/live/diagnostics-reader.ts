import type { QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { diagnosticsQuery, oldAfterMs } from "../api/queries";

/** What happens to an account changes the report; it is read again at most once a minute. */
export function createDiagnosticsReader(client: QueryClient): LiveReader {
  const { queryKey } = diagnosticsQuery();
  const readAgain = () => {
    const readAt = client.getQueryState(queryKey)?.dataUpdatedAt ?? 0;
    if (Date.now() - readAt >= oldAfterMs) void client.invalidateQueries({ queryKey });
  };
  return {
    types: ["channel_account.updated"],
    onEvent: readAgain,
    onReady: readAgain,
    onReload: readAgain,
  };
}
