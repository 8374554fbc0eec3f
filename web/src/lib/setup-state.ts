import { queryOptions } from "@tanstack/react-query";
import { api, bodyOf } from "./api-client";

/** Whether anybody can log in yet. */
export function setupQuery() {
  return queryOptions({
    queryKey: ["setup"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/setup", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
