import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatch, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { accountsQuery } from "@/features/channels/api/queries";
import { countsQuery } from "@/features/inbox/api/queries";
import { InboxColumns } from "@/features/inbox/components/inbox-columns";
import { SelectionProvider } from "@/features/inbox/components/selection-context";
import { useInboxKeys } from "@/features/inbox/hooks/use-inbox-keys";
import { hideDone } from "@/features/inbox/hooks/use-tell-acts";
import { type ColumnView, filterOf, readView, writeView } from "@/features/inbox/model/column-view";
import { waitingForUs } from "@/features/inbox/model/counts";
import { type ConversationStatus, type Mode, modes } from "@/features/inbox/model/types";
import { useMe } from "@/lib/current-user";
import { useIsNarrow, useIsPhone } from "@/lib/viewport";
import { ConnectHint } from "./connect-hint";
import classes from "./inbox-page.module.css";

export function InboxPage() {
  const search = useSearch({ from: "/app/inbox" });
  const navigate = useNavigate();
  const talk = useMatch({ from: "/app/inbox/$conversationId", shouldThrow: false });
  const { user } = useMe();
  const isNarrow = useIsNarrow();
  const isPhone = useIsPhone();
  const { data: accounts = [] } = useQuery(accountsQuery());

  function showStatus(mode: Mode, status: ConversationStatus): void {
    void navigate({
      to: ".",
      search: (known) => ({ ...known, [mode]: status === "open" ? undefined : status }),
    });
  }

  function showView(mode: Mode, view: ColumnView): void {
    void navigate({
      to: ".",
      search: (known) => ({ ...known, [`${mode}View`]: writeView(view) }),
    });
  }

  function showMode(mode: Mode): void {
    void navigate({
      to: ".",
      search: (known) => ({ ...known, tab: mode }),
    });
  }

  function ask(question: string | null): void {
    void navigate({
      to: ".",
      replace: true,
      search: ({ q: _, ...known }) => (question === null ? known : { ...known, q: question }),
    });
  }

  const status = { bot: search.bot ?? "open", manager: search.manager ?? "open" } as const;
  const view = {
    bot: readView(search.botView, "bot"),
    manager: readView(search.managerView, "manager"),
  };
  const filters = {
    bot: { mode: "bot", status: status.bot, ...filterOf(view.bot, user.id) },
    manager: { mode: "manager", status: status.manager, ...filterOf(view.manager, user.id) },
  } as const;
  const landing = useLandingColumn();
  const mode = search.tab ?? landing;
  useEffect(() => hideDone, []);
  const openId = talk?.params.conversationId ?? null;
  const isSearching = search.q !== undefined;
  const beside: readonly Mode[] = isNarrow ? [mode] : modes;
  const columns = isSearching ? [] : beside;
  return (
    <SelectionProvider filters={filters} shown={isPhone && talk ? [] : columns}>
      <InboxKeys
        filters={filters}
        shown={columns}
        isSearching={isSearching}
        openId={openId}
        onOpen={(id) =>
          void navigate({
            to: "/inbox/$conversationId",
            params: { conversationId: id },
            search: true,
          })
        }
      />
      <main className={classes.inbox}>
        <ConnectHint />
        <div className={classes.columns}>
          <InboxColumns
            status={status}
            onStatus={showStatus}
            view={view}
            onView={showView}
            accounts={accounts}
            mode={mode}
            onMode={showMode}
            talk={<Outlet />}
            hasTalk={talk !== undefined}
            question={search.q ?? null}
            onQuestion={ask}
          />
        </div>
      </main>
    </SelectionProvider>
  );
}

/** Where somebody waits for a person, once that is known; it does not change under the eyes. */
function useLandingColumn(): Mode {
  const { data: waiting } = useQuery({ ...countsQuery(), select: waitingForUs });
  const [landing, setLanding] = useState<Mode>();
  if (landing === undefined && waiting !== undefined) setLanding(waiting > 0 ? "manager" : "bot");
  return landing ?? "bot";
}

/** Listens to the keyboard where the selection is known. */
function InboxKeys(wanted: Parameters<typeof useInboxKeys>[0]) {
  useInboxKeys(wanted);
  return null;
}
