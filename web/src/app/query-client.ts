import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { isSignedOut, isUnreached } from "@/lib/api-error";

export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: Error) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isUnreached(error),
        refetchOnWindowFocus: false,
      },
      // What one does fails at once without a connection: done an hour later it would be wrong.
      mutations: { networkMode: "always" },
    },
  });
}

/** Reads what is on the screen and failed to load, or may have changed without an event. */
export function refetchLacking(client: QueryClient): void {
  void client.refetchQueries(
    { type: "active", predicate: (query) => query.state.error !== null || query.isStale() },
    { cancelRefetch: false },
  );
}
