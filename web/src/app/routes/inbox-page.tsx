import { useQuery } from "@tanstack/react-query";
import { Outlet, useMatch, useNavigate, useSearch } from "@tanstack/react-router";
import { accountsQuery } from "@/features/channels/api/queries";
import { InboxColumns } from "@/features/inbox/components/inbox-columns";
import { type ColumnView, readView, writeView } from "@/features/inbox/model/column-view";
import type { ConversationStatus, Mode } from "@/features/inbox/model/types";
import { useIsPhone } from "@/lib/viewport";
import classes from "./inbox-page.module.css";

export function InboxPage() {
  const search = useSearch({ from: "/app/inbox" });
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const talk = useMatch({ from: "/app/inbox/$conversationId", shouldThrow: false });
  const { data: accounts = [] } = useQuery(accountsQuery());
  const hidesColumns = isPhone && talk !== undefined;

  function showStatus(mode: Mode, status: ConversationStatus): void {
    void navigate({
      to: ".",
      search: (known) => ({ ...known, [mode]: status === "closed" ? "closed" : undefined }),
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
      search: (known) => ({ ...known, tab: mode === "manager" ? "manager" : undefined }),
    });
  }

  return (
    <main className={classes.inbox}>
      {!hidesColumns && (
        <InboxColumns
          status={{ bot: search.bot ?? "open", manager: search.manager ?? "open" }}
          onStatus={showStatus}
          view={{
            bot: readView(search.botView, "bot"),
            manager: readView(search.managerView, "manager"),
          }}
          onView={showView}
          accounts={accounts}
          mode={search.tab ?? "bot"}
          onMode={showMode}
        />
      )}
      {(!isPhone || talk !== undefined) && <Outlet />}
    </main>
  );
}
