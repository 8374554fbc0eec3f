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
    },
  });
}
