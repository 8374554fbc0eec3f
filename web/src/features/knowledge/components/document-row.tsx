import { Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { type DocumentSummary, useSwitchDocument } from "../api/queries";
import classes from "./document-row.module.css";

export function DocumentRow({ document }: { document: DocumentSummary }) {
  const { t } = useTranslation();
  const now = useMinute();
  const canSetUp = useCanSetUp();
  const change = useSwitchDocument(document.id);
  const { id, title, opening, updated_at: changedAt } = document;
  const isOn = change.isPending ? change.variables : document.enabled;
  const time = formatRowTime(changedAt, now);
  return (
    <li className={classes.row} data-off={!isOn || undefined}>
      <Link to="/settings/assistant" search={{ document: id }} className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.opening}>{opening.trim() || t("documents.emptyText")}</span>
        <span className={classes.facts}>
          {t("documents.changed", { time })}
          {!isOn && `, ${t("documents.off")}`}
        </span>
      </Link>
      {canSetUp && (
        <Switch
          className={classes.switch}
          color="bot"
          aria-label={t("documents.answersFrom", { title })}
          checked={isOn}
          // Not disabled: that would take the focus away.
          aria-busy={change.isPending}
          onChange={(event) => {
            if (!change.isPending) change.mutate(event.currentTarget.checked);
          }}
        />
      )}
      {change.isError && (
        <p className={classes.problem} role="alert">
          {errorText(change.error)}
        </p>
      )}
    </li>
  );
}
