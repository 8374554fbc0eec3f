import { Button, Popover, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StatusChip } from "@/components/ui/status-chip";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatSeconds } from "@/lib/format";
import { type Agent, agentQuery, useSwitchAgent } from "../api/queries";
import classes from "./agent-chip.module.css";

/** Whether the assistant answers, with which model, and the switch. */
export function AgentChip({ isOffline }: { isOffline: boolean }) {
  const { t } = useTranslation();
  const { data: agent } = useQuery(agentQuery());
  const [isOpen, popover] = useDisclosure(false);
  if (!agent) return null;
  return (
    <Popover
      opened={isOpen}
      onChange={popover.set}
      trapFocus
      position="bottom-end"
      width={300}
      shadow="md"
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>
        {isOffline ? (
          <StatusChip
            of="unknown"
            text={t("agent.offline")}
            title={t("live.unknown")}
            onClick={popover.toggle}
          />
        ) : (
          <StatusChip
            of={agent.enabled ? "bot" : "waiting"}
            text={t(agent.enabled ? "agent.on" : "agent.off")}
            onClick={popover.toggle}
          />
        )}
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        <AgentPanel agent={agent} />
        <Button
          className={classes.more}
          variant="default"
          size="sm"
          fullWidth
          renderRoot={(props) => <Link to="/settings/assistant" {...props} />}
          onClick={popover.close}
        >
          {t("agent.more")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function AgentPanel({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const change = useSwitchAgent();
  const { model, debounce_s: pause } = agent;
  const name = model.provider === "builtin" ? t("agent.builtin") : model.name || model.provider;
  return (
    <>
      {canSetUp ? (
        <Switch
          color="bot"
          label={t("agent.answers")}
          checked={change.isPending ? change.variables : agent.enabled}
          // Not disabled: that would take the focus away, and Escape with it.
          aria-busy={change.isPending}
          onChange={(event) => {
            if (!change.isPending) change.mutate(event.currentTarget.checked);
          }}
        />
      ) : (
        <strong>{t(agent.enabled ? "agent.on" : "agent.off")}</strong>
      )}
      <p className={classes.fact}>{t("agent.model", { name })}</p>
      <p className={classes.fact}>{t("agent.pause", { time: formatSeconds(pause) })}</p>
      {!agent.enabled && <p className={classes.fact}>{t("agent.offText")}</p>}
      {change.isError && <p className={classes.problem}>{errorText(change.error)}</p>}
    </>
  );
}
