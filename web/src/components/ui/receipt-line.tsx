import { Popover, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { costText } from "@/lib/cost";
import { formatNumber, formatSeconds } from "@/lib/format";
import { reasonText } from "@/lib/handover-reason";
import classes from "./receipt-line.module.css";

/** Under the bot's answer: where it comes from and what it cost. */
export function ReceiptLine({ receipt }: { receipt: components["schemas"]["ReceiptRead"] }) {
  const { t } = useTranslation();
  const { sources, seconds, rule } = receipt;
  const cost = costText(receipt.cost_minor);
  const model = receipt.provider === "builtin" ? t("receipt.builtin") : receipt.model;
  const facts = [model, formatSeconds(seconds), cost].filter(Boolean).join(" · ");
  const names = [
    ...new Set(
      sources.map((source) =>
        source.kind === "listing"
          ? t("receipt.listing")
          : t("receipt.document", { title: quotable(source.title) }),
      ),
    ),
  ];
  const words = rule ? ruleWords(rule) : sourceWords();
  function ruleWords(code: string): string {
    const reason = reasonText(code);
    return reason ? t("receipt.handedOver", { reason }) : t("receipt.rule", { rule: code });
  }

  function sourceWords(): string {
    return names.length > 0
      ? t("receipt.sources", { count: names.length, list: names.join(", ") })
      : t("receipt.noSources");
  }

  const hasMore = sources.length > 0 || receipt.input_tokens > 0;

  return (
    <div className={classes.receipt}>
      {hasMore ? (
        <Popover position="top-end" width={340} shadow="md" transitionProps={{ duration: 120 }}>
          <Popover.Target>
            <UnstyledButton className={classes.sources} title={t("receipt.open")}>
              {words}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className={classes.details}>
            <ReceiptDetails receipt={receipt} />
          </Popover.Dropdown>
        </Popover>
      ) : (
        <span>{words}</span>
      )}
      <span>{facts}</span>
    </div>
  );
}

function ReceiptDetails({ receipt }: { receipt: components["schemas"]["ReceiptRead"] }) {
  const { t } = useTranslation();
  return (
    <>
      {receipt.sources.map((source) => (
        <div key={`${source.kind}-${source.id}-${source.quote}`} className={classes.source}>
          <strong>
            {source.kind === "listing" ? (
              t("receipt.listingNamed", { title: quotable(source.title) })
            ) : (
              <Link
                to="/settings/assistant"
                search={{ document: source.id }}
                className={classes.open}
              >
                {t("receipt.document", { title: quotable(source.title) })}
              </Link>
            )}
          </strong>
          {source.quote && <q>{quotable(source.quote)}</q>}
        </div>
      ))}
      {receipt.input_tokens > 0 && (
        <span className={classes.tokens}>
          {t("receipt.tokens", {
            input: formatNumber(receipt.input_tokens),
            output: formatNumber(receipt.output_tokens),
          })}
        </span>
      )}
    </>
  );
}

/** Quotation marks inside quotation marks: «Диван „Осло“». */
function quotable(text: string): string {
  return text.replaceAll("«", "„").replaceAll("»", "“");
}
