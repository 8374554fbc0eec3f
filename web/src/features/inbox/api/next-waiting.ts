import { api, bodyOf } from "@/lib/api-client";
import type { Conversation } from "../model/types";

/** Who waits longest for me or for anybody; from an open talk on, who comes after it. */
export async function findNextWaiting(after: string | null): Promise<Conversation | null> {
  const query = after === null ? {} : { after };
  const { conversation } = await bodyOf(
    api.GET("/api/v1/conversations/next-waiting", { params: { query } }),
  );
  return conversation;
}
