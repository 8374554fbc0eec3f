import { Button } from "@mantine/core";
import { IconAlertCircle, IconSearch, IconZoomCancel } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { KeyboardEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { canSearch, searchQuery } from "../api/search";
import { RowSkeletons } from "./row-skeletons";
import { focusField, focusResult } from "./search-keys";
import { SearchResult } from "./search-result";
import classes from "./search-results.module.css";

interface Props {
  question: string;
  onLeave: () => void;
}

/** What the question finds, in place of the columns. */
export function SearchResults({ question, onLeave }: Props) {
  const { t } = useTranslation();
  const found = useInfiniteQuery(searchQuery(question));
  const results = found.data?.pages.flatMap((page) => page.items) ?? [];
  const indexing = found.data?.pages.at(-1)?.indexing;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      onLeave();
      focusField();
    } else if (event.key === "ArrowDown") {
      focusResult("next");
    } else if (event.key === "ArrowUp") {
      if (!focusResult("previous")) focusField();
    } else return;
    event.preventDefault();
    event.stopPropagation(); // the keys of the lists mean other talks
  }

  function state(): ReactNode {
    if (!canSearch(question)) {
      return (
        <StateMessage
          icon={<IconSearch size={28} stroke={1.5} aria-hidden />}
          title={t("search.startTitle")}
          text={t("search.startText")}
        />
      );
    }
    if (found.isPending) return <RowSkeletons />;
    if (found.isError) {
      return (
        <StateMessage
          icon={<IconAlertCircle size={28} stroke={1.5} aria-hidden />}
          title={t("search.failed")}
          text={errorText(found.error)}
        >
          <Button variant="default" onClick={() => void found.refetch()} loading={found.isFetching}>
            {t("common.retry")}
          </Button>
        </StateMessage>
      );
    }
    if (results.length > 0 || found.isPlaceholderData || found.hasNextPage) return null;
    return (
      <StateMessage
        icon={<IconZoomCancel size={28} stroke={1.5} aria-hidden />}
        title={t("search.emptyTitle")}
        text={t("search.emptyText")}
      />
    );
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the links inside
    <div
      className={classes.scroller}
      onKeyDown={onKeyDown}
      aria-busy={found.isFetching || undefined}
    >
      <p className={classes.status} role="status">
        {results.length > 0 && !found.isPlaceholderData && (
          <span>
            {t(found.hasNextPage ? "search.foundMore" : "search.found", {
              count: results.length,
              formatted: formatNumber(results.length),
            })}
          </span>
        )}
        {indexing && (
          <span className={classes.indexing}>
            {t("search.indexing", {
              done: formatNumber(indexing.done),
              total: formatNumber(indexing.total),
            })}
          </span>
        )}
      </p>
      {state()}
      {results.length > 0 && canSearch(question) && (
        <ul className={classes.results} data-old={found.isPlaceholderData || undefined}>
          {results.map((result) => (
            <SearchResult key={result.conversation.id} result={result} />
          ))}
        </ul>
      )}
      {found.hasNextPage && !found.isPlaceholderData && (
        <Button
          variant="subtle"
          fullWidth
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("search.more")}
        </Button>
      )}
    </div>
  );
}
