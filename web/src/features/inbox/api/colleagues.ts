import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { includesRole } from "@/lib/roles";

/** Who can be given a talk. Read anew each time: people come and go. */
export function assigneesQuery() {
  return queryOptions({
    queryKey: ["colleagues"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/colleagues", { signal })),
    select: (colleagues) => colleagues.filter(({ role }) => includesRole(role, "manager")),
    staleTime: 60_000,
  });
}
