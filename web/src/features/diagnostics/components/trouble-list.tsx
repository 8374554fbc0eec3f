import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import { SettingsBlock } from "@/components/ui/settings-pane";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import type { Diagnostics } from "../api/queries";
import classes from "./diagnostics.module.css";

/** The last entries of the server's log that are no mere news. */
export function TroubleList({ troubles }: { troubles: Diagnostics["troubles"] }) {
  const { t } = useTranslation();
  const now = useMinute();
  return (
    <SettingsBlock title={t("diagnostics.troubles")} text={t("diagnostics.troublesText")}>
      {troubles.length === 0 && <p className={classes.mend}>{t("diagnostics.noTroubles")}</p>}
      {troubles.length > 0 && (
        <ul className={classes.list}>
          {troubles.map(({ at, event, level, ids }) => (
            <li key={`${at} ${event} ${Object.values(ids).join()}`} className={classes.trouble}>
              <Dot of={level === "warning" ? "waiting" : "bad"} />
              <time dateTime={at}>{formatRowTime(at, now)}</time>
              <code>{event}</code>
              <span className={classes.ids}>
                {Object.entries(ids)
                  .map(([name, id]) => `${name}: ${id}`)
                  .join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
    </SettingsBlock>
  );
}
