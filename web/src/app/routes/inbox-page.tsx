import { Outlet, useMatch, useNavigate, useSearch } from "@tanstack/react-router";
import { InboxColumns } from "@/features/inbox/components/inbox-columns";
import type { ConversationStatus, Mode } from "@/features/inbox/model/types";
import { useIsPhone } from "@/lib/viewport";
import classes from "./inbox-page.module.css";

export function InboxPage() {
  const search = useSearch({ from: "/app/inbox" });
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const talk = useMatch({ from: "/app/inbox/$conversationId", shouldThrow: false });
  const hidesColumns = isPhone && talk !== undefined;

  function showStatus(mode: Mode, status: ConversationStatus): void {
    void navigate({
      to: ".",
      search: (known) => ({ ...known, [mode]: status === "closed" ? "closed" : undefined }),
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
          mode={search.tab ?? "bot"}
          onMode={showMode}
        />
      )}
      {(!isPhone || talk !== undefined) && <Outlet />}
    </main>
  );
}
