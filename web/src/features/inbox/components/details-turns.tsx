import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { costText } from "@/lib/cost";
import { formatRowTime, formatSeconds } from "@/lib/format";
import { reasonText } from "@/lib/handover-reason";
import { useMinute } from "@/lib/minute-clock";
import { turnsQuery } from "../api/details";
import { outcomeOf, turnReasonOf } from "../model/agent-standing";
import type { Turn } from "../model/types";
import classes from "./details-agent.module.css";

/** How the agent's last turns in this talk ended, and why. */
export function DetailsTurns({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: turns = [] } = useQuery(turnsQuery(id));
  if (turns.length === 0) return null;
  return (
    <>
      <h4 className={classes.subheading}>{t("details.agent.turns")}</h4>
      <ol className={classes.turns}>
        {turns.map((turn) => (
          <TurnLine key={turn.id} turn={turn} />
        ))}
      </ol>
    </>
  );
}

function TurnLine({ turn }: { turn: Turn }) {
  const { t } = useTranslation();
  const now = useMinute();
  const known = turnReasonOf(turn.reason);
  const reason = reasonText(turn.reason) ?? (known && t(`details.agent.turnReason.${known}`));
  const facts = [
    formatRowTime(turn.finished_at, now),
    turn.attempts > 0 && formatSeconds(turn.seconds),
    costText(turn.cost_minor),
  ].filter(Boolean);
  return (
    <li className={classes.turn} data-outcome={turn.outcome}>
      <span>
        {t(`details.agent.outcome.${outcomeOf(turn.outcome)}`)}
        {reason && `: ${reason}`}
      </span>
      <small>{facts.join(" · ")}</small>
    </li>
  );
}
