import type { QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { agentQuery } from "../api/queries";

/** A colleague changed the assistant's settings: whoever shows them reads them again. */
export function createAgentReader(client: QueryClient): LiveReader {
  const readAgain = () => void client.invalidateQueries({ queryKey: agentQuery().queryKey });
  return { types: ["agent.changed"], onEvent: readAgain, onReady: readAgain, onReload: readAgain };
}
