import type { QueryClient } from "@tanstack/react-query";
import type { LiveReader } from "@/lib/live-stream";
import { accountsQuery, type ChannelAccount } from "../api/queries";

export function createAccountsReader(client: QueryClient): LiveReader {
  const { queryKey } = accountsQuery();
  const readAgain = () => void client.invalidateQueries({ queryKey });
  return {
    types: ["channel_account.updated"],
    onEvent: (data) => {
      const account = accountOf(data);
      if (!account) return;
      client.setQueryData<ChannelAccount[]>(queryKey, (known) => known && placed(known, account));
    },
    onReady: readAgain,
    onReload: readAgain,
  };
}

function placed(known: ChannelAccount[], account: ChannelAccount): ChannelAccount[] {
  return known.some(({ id }) => id === account.id)
    ? known.map((one) => (one.id === account.id ? account : one))
    : [...known, account];
}

function accountOf(data: string): ChannelAccount | null {
  const body: unknown = JSON.parse(data);
  const account = typeof body === "object" && body !== null && "account" in body && body.account;
  return typeof account === "object" && account !== null && "id" in account
    ? (account as ChannelAccount)
    : null;
}
