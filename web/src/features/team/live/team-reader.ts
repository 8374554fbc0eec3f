import type { QueryClient } from "@tanstack/react-query";
import { meQuery } from "@/lib/current-user";
import type { LiveReader } from "@/lib/live-stream";
import { invitesQuery, membersQuery } from "../api/queries";

/** Who belongs to the company, and what the company and one's own role are. */
export function createTeamReader(client: QueryClient): LiveReader {
  function readAgain(): void {
    void client.invalidateQueries(membersQuery());
    void client.invalidateQueries(invitesQuery());
    void client.invalidateQueries(meQuery());
  }
  return {
    types: ["member.joined", "member.updated", "member.removed", "workspace.updated"],
    onEvent: readAgain,
    onReady: () => {},
    onReload: readAgain,
  };
}
