import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Dot } from "@/components/ui/dot";
import type { Finding } from "../api/queries";
import { bySeverity, dots } from "../model/findings";
import classes from "./diagnostics.module.css";

export function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {bySeverity(findings).map((finding) => (
        <li key={finding.what} className={classes.finding} data-state={finding.state}>
          <span className={classes.mark}>
            <Dot of={dots[finding.state]} />
          </span>
          <div>
            <p className={classes.what}>
              <span className={classes.hidden}>{t(`diagnostics.state.${finding.state}`)}: </span>
              {finding.what}
            </p>
            {finding.mend && <p className={classes.mend}>{finding.mend}</p>}
            {finding.place === "channels" && (
              <Link className={classes.way} to="/settings/channels">
                {t("diagnostics.toChannels")}
              </Link>
            )}
            {finding.place === "assistant" && (
              <Link className={classes.way} to="/settings/assistant" search={{ tab: "settings" }}>
                {t("diagnostics.toAssistant")}
              </Link>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
