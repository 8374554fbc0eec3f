import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";

export type Thought = components["schemas"]["ThoughtRead"];
export type TryMessage = components["schemas"]["TryMessage"];

export function listingsQuery() {
  return queryOptions({
    queryKey: ["listings"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/listings", { signal })),
  });
}

interface Asked {
  messages: TryMessage[];
  listingId: string | null;
  /** Null: those that are saved. */
  instructions: string | null;
}

export function tryAgent({ messages, listingId, instructions }: Asked) {
  return bodyOf(
    api.POST("/api/v1/agent/try", {
      body: { messages, listing_id: listingId, instructions },
    }),
  );
}
