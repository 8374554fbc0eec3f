import { createContext, useContext } from "react";

interface FeedActs {
  /** Shows the picture of a message large, with those before and after it. */
  openPhoto: (messageId: string) => void;
  /** Scrolls to the message that the channel knows by this id. */
  jumpTo: (externalId: string) => void;
}

const nothing: FeedActs = { openPhoto: () => {}, jumpTo: () => {} };

export const FeedContext = createContext<FeedActs>(nothing);

export function useFeedActs(): FeedActs {
  return useContext(FeedContext);
}
