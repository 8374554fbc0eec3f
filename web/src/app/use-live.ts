import { useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { createAgentReader } from "@/features/agent/live/agent-reader";
import { createAccountsReader } from "@/features/channels/live/accounts-reader";
import { createDiagnosticsReader } from "@/features/diagnostics/live/diagnostics-reader";
import { createAlertsReader } from "@/features/inbox/live/alerts-reader";
import { createInboxReader } from "@/features/inbox/live/inbox-reader";
import { createPresenceReader } from "@/features/inbox/live/presence-reader";
import { createTagsReader } from "@/features/inbox/live/tags-reader";
import { createDocumentsReader } from "@/features/knowledge/live/documents-reader";
import { createTeamReader } from "@/features/team/live/team-reader";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { type LiveStatus, LiveStream } from "@/lib/live-stream";
import { refetchLacking } from "./query-client";

/** Keeps the server's events flowing into the cache while the app is on the screen. */
export function useLive(
  openConversationId: () => string | null,
  open: (conversationId: string) => void,
): LiveStatus {
  const client = useQueryClient();
  const [stream] = useState(
    () =>
      new LiveStream({
        url: "/api/v1/streams/inbox",
        readers: [
          createInboxReader(client, openConversationId),
          createTagsReader(client),
          createAccountsReader(client),
          createAgentReader(client),
          createDocumentsReader(client),
          createDiagnosticsReader(client),
          createTeamReader(client),
          createPresenceReader(client),
          createAlertsReader(client, { openConversationId, open }),
        ],
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
