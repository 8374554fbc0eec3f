import { lengthOf } from "@/lib/text-length";
import type { Agent, AgentUpdate, ModelProvider } from "../api/queries";
import { agentLimits } from "./agent-limits";

export const providers = [
  "builtin",
  "openai",
  "gemini",
  "anthropic",
  "openai_compatible",
] as const satisfies readonly ModelProvider[];

/** The settings as they are typed: a number may be half-written, a key is never shown. */
export interface AgentForm {
  instructions: string;
  pause: number | string;
  replyCap: number | string;
  provider: ModelProvider;
  name: string;
  baseUrl: string;
  key: string;
}

export type AgentField = keyof AgentForm;
export type AgentProblem = "fill" | "long" | "pause" | "replyCap" | "address" | "key";

/** In the order of the screen: the first one that is wrong gets the focus. */
export const agentFields = [
  "instructions",
  "pause",
  "replyCap",
  "provider",
  "name",
  "baseUrl",
  "key",
] as const satisfies readonly AgentField[];

export function formOf(agent: Agent): AgentForm {
  const { model } = agent;
  return {
    instructions: agent.instructions,
    pause: agent.debounce_s,
    replyCap: agent.reply_cap,
    provider: model.provider,
    name: model.name,
    baseUrl: model.base_url,
    key: "",
  };
}

/** Another provider starts anew: its models, address and key are other ones. */
export function withProvider(provider: ModelProvider, agent: Agent): Partial<AgentForm> {
  const saved = formOf(agent);
  const { name, baseUrl } = provider === saved.provider ? saved : { name: "", baseUrl: "" };
  return { provider, name, baseUrl, key: "" };
}

/** The stored key goes to the provider and address that it was given for, and nowhere else. */
export function keepsKey(form: AgentForm, agent: Agent): boolean {
  const { provider, base_url, has_key, is_from_environment } = agent.model;
  const isSamePlace = form.provider === provider && trimmedUrl(form.baseUrl) === base_url;
  return has_key && isSamePlace && (!is_from_environment || !isModelChanged(form, agent));
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
  if (form.provider === "builtin" || !isModelChanged(form, agent)) return problems;

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
  if (isModelChanged(form, agent)) {
    const isBuiltin = form.provider === "builtin";
    update.model = {
      provider: form.provider,
      name: isBuiltin ? "" : form.name.trim(),
      base_url: isBuiltin ? "" : form.baseUrl.trim(),
      ...(form.key.trim() !== "" && { key: form.key.trim() }),
    };
  }
  return update;
}

function isWithin(value: number | string, { min, max }: { min: number; max: number }): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function trimmedUrl(url: string): string {
  return url.trim().replace(/\/+$/, "");
}
