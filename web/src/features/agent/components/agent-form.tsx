import { Alert, Button, NumberInput, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { LeaveGuard } from "@/components/ui/leave-guard";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { lengthOf } from "@/lib/text-length";
import { useUnsaved } from "@/lib/unsaved";
import { type Agent, useSaveAgent } from "../api/queries";
import {
  type AgentField,
  agentFields,
  type AgentForm as Form,
  formOf,
  problemsOf,
  updateOf,
} from "../model/agent-form";
import { agentLimits } from "../model/agent-limits";
import classes from "./agent-settings.module.css";
import { HoursFields } from "./hours-fields";
import { ModelFields } from "./model-fields";

export function AgentForm({ agent }: { agent: Agent }) {
  const { t, i18n } = useTranslation();
  const { changes, change, forget, wasRestored } = useUnsaved<Form>("agent", ["key"]);
  const save = useSaveAgent();
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const form = { ...formOf(agent), ...changes };
  const update = updateOf(form, agent);
  const isUnsaved = Object.keys(update).length > 0;
  const problems = problemsOf(form, agent);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!isUnsaved || save.isPending) return;
    setWasSubmitted(true);
    const wrong = agentFields.find((field) => problems[field]);
    if (wrong) {
      const field = event.currentTarget.elements.namedItem(wrong);
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    save.mutate(update, {
      onSuccess: () => {
        forget();
        setWasSubmitted(false);
        notifications.show({ message: t("agent.saved") });
      },
    });
  }

  function problemOf(field: AgentField): string | null {
    const problem = problems[field];
    // What is not filled in yet is no mistake before the button is pressed.
    const isEarly = !wasSubmitted && (problem === "fill" || problem === "key");
    return problem && !isEarly ? t(`agent.problem.${problem}`) : null;
  }

  const separator = i18n.language === "ru" ? "," : ".";
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <div className={classes.fields}>
        {wasRestored && isUnsaved && (
          <p className={classes.note} role="status">
            {t("unsaved.restored")}
          </p>
        )}
        <Textarea
          name="instructions"
          label={t("agent.instructions")}
          description={t("agent.instructionsHint", {
            length: formatNumber(lengthOf(form.instructions)),
            limit: formatNumber(agentLimits.instructions),
          })}
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={t("agent.instructionsExample")}
          rows={7}
          resize="vertical"
          readOnly={save.isPending}
          value={form.instructions}
          onChange={(event) => change({ instructions: event.currentTarget.value })}
          error={problemOf("instructions")}
        />
        <div className={classes.pair}>
          <NumberInput
            name="pause"
            label={t("agent.pauseS")}
            description={t("agent.pauseHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...agentLimits.pauseS}
            clampBehavior="none"
            allowNegative={false}
            decimalSeparator={separator}
            allowedDecimalSeparators={[",", "."]}
            readOnly={save.isPending}
            value={form.pause}
            onChange={(pause) => change({ pause })}
            error={problemOf("pause")}
          />
          <NumberInput
            name="replyCap"
            label={t("agent.replyCap")}
            description={t("agent.replyCapHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...agentLimits.replyCap}
            clampBehavior="none"
            allowNegative={false}
            allowDecimal={false}
            readOnly={save.isPending}
            value={form.replyCap}
            onChange={(replyCap) => change({ replyCap })}
            error={problemOf("replyCap")}
          />
        </div>
        <HoursFields
          hours={form.hours}
          timeZone={agent.time_zone}
          isLocked={save.isPending}
          onChange={(hours) => change({ hours })}
        />
        <ModelFields
          agent={agent}
          form={form}
          isLocked={save.isPending}
          onChange={change}
          problemOf={problemOf}
        />
        {save.isError && (
          <Alert color="bad" variant="light" p="xs" role="alert">
            {t("agent.notSaved", { reason: errorText(save.error) })}
          </Alert>
        )}
      </div>
      <div className={classes.acts}>
        {/* Not `disabled`: that would take the focus away once all is saved. */}
        <Button
          type="submit"
          loading={save.isPending}
          aria-disabled={!isUnsaved}
          data-disabled={!isUnsaved || undefined}
        >
          {t("unsaved.save")}
        </Button>
      </div>
      <LeaveGuard
        isUnsaved={isUnsaved}
        title={t("agent.leaveTitle")}
        text={t("agent.leaveText")}
        onLeave={forget}
      />
    </form>
  );
}
