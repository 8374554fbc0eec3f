import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "./api-client";

export type Me = components["schemas"]["MeRead"];

export function meQuery() {
  return queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/me", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Who is signed in; the route guard has asked before any screen is shown. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery()).data;
}

export function useCanWrite(): boolean {
  return useMe().role !== "viewer";
}

/** The channels, the assistant and its documents are for those who run the company. */
export function useCanSetUp(): boolean {
  const { role } = useMe();
  return role === "owner" || role === "admin";
}
