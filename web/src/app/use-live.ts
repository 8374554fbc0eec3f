import { useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { createAccountsReader } from "@/features/channels/live/accounts-reader";
import { createInboxReader } from "@/features/inbox/live/inbox-reader";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { type LiveStatus, LiveStream } from "@/lib/live-stream";
import { refetchLacking } from "./query-client";

/** Keeps the server's events flowing into the cache while the app is on the screen. */
export function useLive(openConversationId: () => string | null): LiveStatus {
  const client = useQueryClient();
  const [stream] = useState(
    () =>
      new LiveStream({
        url: "/api/v1/streams/inbox",
        readers: [createInboxReader(client, openConversationId), createAccountsReader(client)],
        onReturn: () => refetchLacking(client),
        // A session that ended leads to the login page by way of the query cache.
        mayReopen: () =>
          client
            .fetchQuery({ ...meQuery(), staleTime: 0 })
            .then(() => true)
            .catch((error: unknown) => !isSignedOut(error)),
      }),
  );
  return useSyncExternalStore(stream.subscribe, stream.getStatus);
}
