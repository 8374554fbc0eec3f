import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Agent } from "../api/queries";
import {
  type AgentField,
  type AgentForm,
  isCalled,
  keepsKey,
  modelSources,
  withProvider,
} from "../model/agent-form";
import classes from "./agent-settings.module.css";

interface Props {
  agent: Agent;
  form: AgentForm;
  isLocked: boolean;
  onChange: (part: Partial<AgentForm>) => void;
  problemOf: (field: AgentField) => string | null;
}

/** The built-in model, or a provider with its model, address and key. */
export function ModelFields({ agent, form, isLocked, onChange, problemOf }: Props) {
  const { t } = useTranslation();
  const { is_from_environment, provider, name } = agent.model;
  const hints = {
    builtin: t("agent.builtinHint"),
    environment: is_from_environment
      ? t("agent.fromEnvironment", {
          model: [t(`agent.provider.${provider}`), name].filter(Boolean).join(", "),
        })
      : t("agent.toEnvironment"),
  };
  return (
    <div className={classes.group}>
      <NativeSelect
        name="provider"
        label={t("agent.modelTitle")}
        description={
          form.provider === "builtin" || form.provider === "environment"
            ? hints[form.provider]
            : undefined
        }
        inputWrapperOrder={["label", "input", "description", "error"]}
        value={form.provider}
        onChange={({ currentTarget }) => {
          const source = modelSources.find((one) => one === currentTarget.value);
          if (source && !isLocked) onChange(withProvider(source, agent));
        }}
        data={modelSources.map((value) => ({ value, label: t(`agent.provider.${value}`) }))}
      />
      {isCalled(form.provider) && (
        <>
          <TextInput
            name="name"
            label={t("agent.name")}
            placeholder={t("agent.nameHint")}
            autoComplete="off"
            spellCheck={false}
            readOnly={isLocked}
            value={form.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
            error={problemOf("name")}
          />
          <TextInput
            name="baseUrl"
            type="url"
            label={t("agent.baseUrl")}
            description={form.provider === "openai_compatible" ? undefined : t("agent.baseUrlHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            placeholder="https://"
            autoComplete="off"
            readOnly={isLocked}
            value={form.baseUrl}
            onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
            error={problemOf("baseUrl")}
          />
          <PasswordInput
            name="key"
            label={t("agent.key")}
            description={t(keepsKey(form, agent) ? "agent.keySet" : "agent.keyUnset")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete="new-password"
            readOnly={isLocked}
            value={form.key}
            onChange={(event) => onChange({ key: event.currentTarget.value })}
            error={problemOf("key")}
            visibilityToggleButtonProps={{ "aria-label": t("agent.showKey") }}
          />
        </>
      )}
    </div>
  );
}
