import { Button, Skeleton, Switch } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PaneHead } from "@/components/ui/pane-head";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { type Agent, agentQuery, useSwitchAgent } from "../api/queries";
import { AgentFacts } from "./agent-facts";
import { AgentForm } from "./agent-form";
import classes from "./agent-settings.module.css";

/** How the assistant answers, and with which model. */
export function AgentSettings() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const agent = useQuery(agentQuery());
  if (agent.data) {
    return (
      <>
        <AgentHead agent={agent.data} />
        {canSetUp ? <AgentForm agent={agent.data} /> : <AgentFacts agent={agent.data} />}
      </>
    );
  }
  return (
    <>
      <PaneHead title={t("agent.settings")} />
      {agent.isError ? (
        <StateMessage
          icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
          title={t("agent.notLoaded")}
          text={errorText(agent.error)}
        >
          <Button variant="default" onClick={() => void agent.refetch()}>
            {t("common.retry")}
          </Button>
        </StateMessage>
      ) : (
        <div className={classes.fields} aria-busy>
          <Skeleton height={150} />
          <Skeleton height={58} />
          <Skeleton height={58} />
        </div>
      )}
    </>
  );
}

function AgentHead({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const change = useSwitchAgent();
  const isOn = change.isPending ? change.variables : agent.enabled;
  return (
    <>
      <PaneHead title={t("agent.settings")}>
        {canSetUp && (
          <Switch
            color="bot"
            labelPosition="left"
            label={t("agent.answers")}
            checked={isOn}
            // Not disabled: that would take the focus away.
            aria-busy={change.isPending}
            onChange={(event) => {
              if (!change.isPending) change.mutate(event.currentTarget.checked);
            }}
          />
        )}
      </PaneHead>
      {!isOn && (
        <p className={classes.off} role="status">
          {t("agent.off")}. {t("agent.offText")}
        </p>
      )}
      {change.isError && (
        <p className={classes.problem} role="alert">
          {errorText(change.error)}
        </p>
      )}
    </>
  );
}
