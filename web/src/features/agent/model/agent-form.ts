import { lengthOf } from "@/lib/text-length";
import type { Agent, AgentUpdate, ModelProvider } from "../api/queries";
import { agentLimits } from "./agent-limits";
import { areHoursWrong, type WorkingHours } from "./working-hours";

export const providers = [
  "builtin",
  "openai",
  "gemini",
  "anthropic",
  "openai_compatible",
] as const satisfies readonly ModelProvider[];

/** Whose model answers: the one of the server's own settings, or a provider's. */
export type ModelSource = ModelProvider | "environment";

export const modelSources = ["environment", ...providers] as const satisfies readonly ModelSource[];

/** The settings as they are typed: a number may be half-written, a key is never shown. */
export interface AgentForm {
  instructions: string;
  pause: number | string;
  replyCap: number | string;
  /** Null: always. */
  hours: WorkingHours | null;
  provider: ModelSource;
  name: string;
  baseUrl: string;
  key: string;
}

export type AgentField = keyof AgentForm;
export type AgentProblem = "fill" | "long" | "pause" | "replyCap" | "hours" | "address" | "key";

/** In the order of the screen: the first one that is wrong gets the focus. */
export const agentFields = [
  "instructions",
  "pause",
  "replyCap",
  "hours",
  "provider",
  "name",
  "baseUrl",
  "key",
] as const satisfies readonly AgentField[];

export function formOf(agent: Agent): AgentForm {
  const { is_from_environment, provider, name, base_url } = agent.model;
  return {
    instructions: agent.instructions,
    pause: agent.debounce_s,
    replyCap: agent.reply_cap,
    hours: agent.working_hours,
    provider: is_from_environment ? "environment" : provider,
    name: is_from_environment ? "" : name,
    baseUrl: is_from_environment ? "" : base_url,
    key: "",
  };
}

/** Another provider starts anew: its models, address and key are other ones. */
export function withProvider(provider: ModelSource, agent: Agent): Partial<AgentForm> {
  const saved = formOf(agent);
  const { name, baseUrl } = provider === saved.provider ? saved : { name: "", baseUrl: "" };
  return { provider, name, baseUrl, key: "" };
}

/** The stored key goes to the provider and address that it was given for, and nowhere else. */
export function keepsKey(form: AgentForm, agent: Agent): boolean {
  const saved = formOf(agent);
  const isSamePlace =
    form.provider === saved.provider && trimmedUrl(form.baseUrl) === saved.baseUrl;
  return agent.model.has_key && isSamePlace;
}

export function isModelChanged(form: AgentForm, agent: Agent): boolean {
  const saved = formOf(agent);
  return (
    form.provider !== saved.provider ||
    form.name !== saved.name ||
    form.baseUrl !== saved.baseUrl ||
    form.key !== ""
  );
}

export function problemsOf(
  form: AgentForm,
  agent: Agent,
): Partial<Record<AgentField, AgentProblem>> {
  const problems: Partial<Record<AgentField, AgentProblem>> = {};
  if (lengthOf(form.instructions) > agentLimits.instructions) problems.instructions = "long";
  if (!isWithin(form.pause, agentLimits.pauseS)) problems.pause = "pause";
  if (!isWithin(form.replyCap, agentLimits.replyCap) || !Number.isInteger(form.replyCap)) {
    problems.replyCap = "replyCap";
  }
  if (areHoursWrong(form.hours)) problems.hours = "hours";
  if (!isCalled(form.provider) || !isModelChanged(form, agent)) return problems;

  const url = form.baseUrl.trim();
  if (form.name.trim() === "") problems.name = "fill";
  else if (lengthOf(form.name.trim()) > agentLimits.modelName) problems.name = "long";
  if (url === "" && form.provider === "openai_compatible") problems.baseUrl = "fill";
  else if (url !== "" && !/^https?:\/\/[^/\s]/.test(url)) problems.baseUrl = "address";
  else if (lengthOf(url) > agentLimits.baseUrl) problems.baseUrl = "long";
  const needsKey = form.provider !== "openai_compatible" && !keepsKey(form, agent);
  if (needsKey && form.key.trim() === "") problems.key = "key";
  else if (lengthOf(form.key) > agentLimits.key) problems.key = "long";
  return problems;
}

/** What to send: the fields that differ. A model that nobody touched is left out. */
export function updateOf(form: AgentForm, agent: Agent): Partial<AgentUpdate> {
  const saved = formOf(agent);
  const update: Partial<AgentUpdate> = {};
  if (form.instructions !== saved.instructions) update.instructions = form.instructions;
  if (form.pause !== saved.pause) update.debounce_s = Number(form.pause);
  if (form.replyCap !== saved.replyCap) update.reply_cap = Number(form.replyCap);
  if (JSON.stringify(form.hours) !== JSON.stringify(saved.hours)) update.working_hours = form.hours;
  if (isModelChanged(form, agent)) {
    const { provider } = form;
    update.model = {
      provider: provider === "environment" ? null : provider,
      name: isCalled(provider) ? form.name.trim() : "",
      base_url: isCalled(provider) ? form.baseUrl.trim() : "",
      ...(form.key.trim() !== "" && { key: form.key.trim() }),
    };
  }
  return update;
}

/** Whether it is a provider's model, which has a name, an address and a key. */
export function isCalled(source: ModelSource): boolean {
  return source !== "environment" && source !== "builtin";
}

function isWithin(value: number | string, { min, max }: { min: number; max: number }): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function trimmedUrl(url: string): string {
  return url.trim().replace(/\/+$/, "");
}
