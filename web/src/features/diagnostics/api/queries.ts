import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";

export type Diagnostics = components["schemas"]["DiagnosticsRead"];
export type Finding = components["schemas"]["FindingRead"];
export type DeadJob = components["schemas"]["DeadJobRead"];

/** Looking more often would cost more than it tells. */
export const oldAfterMs = 60_000;

export function diagnosticsQuery() {
  return queryOptions({
    queryKey: ["diagnostics", "report"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/diagnostics", { signal })),
    staleTime: oldAfterMs,
    refetchInterval: oldAfterMs,
  });
}

export function deadJobsQuery() {
  return queryOptions({
    queryKey: ["diagnostics", "jobs"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/jobs/dead", { signal })),
    refetchInterval: oldAfterMs,
  });
}

/** Runs one dead job again, or all of them. */
export function useRetryJobs() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: number | "all") =>
      job === "all"
        ? bodyOf(api.POST("/api/v1/jobs/retry"))
        : bodyOf(api.POST("/api/v1/jobs/{job_id}/retry", { params: { path: { job_id: job } } })),
    onSettled: () => client.invalidateQueries({ queryKey: ["diagnostics"] }),
  });
}
