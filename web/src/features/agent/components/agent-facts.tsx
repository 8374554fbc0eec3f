import { useTranslation } from "react-i18next";
import { formatNumber, formatSeconds } from "@/lib/format";
import type { Agent } from "../api/queries";
import classes from "./agent-settings.module.css";

/** The settings for those who may not change them. */
export function AgentFacts({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { model } = agent;
  const provider = t(`agent.provider.${model.provider}`);
  const facts = [
    [t("agent.state"), t(agent.enabled ? "agent.on" : "agent.off")],
    [t("agent.instructions"), agent.instructions.trim() || t("agent.noInstructions")],
    [t("agent.pauseS"), formatSeconds(agent.debounce_s)],
    [t("agent.replyCap"), formatNumber(agent.reply_cap)],
    [t("agent.modelTitle"), model.name ? `${provider}, ${model.name}` : provider],
    ...(model.base_url ? [[t("agent.baseUrl"), model.base_url]] : []),
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {model.is_from_environment && <p className={classes.note}>{t("agent.fromEnvironment")}</p>}
    </dl>
  );
}
