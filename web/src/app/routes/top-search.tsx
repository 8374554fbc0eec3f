import { ActionIcon } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate, useRouterState, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SearchField } from "@/features/inbox/components/search-field";
import { useIsPhone } from "@/lib/viewport";

/** The search of the top bar: a field, on a phone a button that opens the search. */
export function TopSearch() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const navigate = useNavigate();
  const { q = null } = useSearch({ strict: false });
  const isInbox = useRouterState({
    select: ({ location }) => location.pathname.startsWith("/inbox"),
  });

  function ask(question: string | null): void {
    if (!isInbox && question === null) return;
    void navigate({
      to: isInbox ? "." : "/inbox",
      replace: isInbox,
      search: ({ q: _, ...known }) => ({
        ...(isInbox && known),
        ...(question !== null && { q: question }),
      }),
    });
  }

  if (!isPhone) return <SearchField question={q} onQuestion={ask} />;
  if (q !== null) return null;
  return (
    <ActionIcon variant="subtle" size={44} aria-label={t("search.label")} onClick={() => ask("")}>
      <IconSearch size={20} aria-hidden />
    </ActionIcon>
  );
}
