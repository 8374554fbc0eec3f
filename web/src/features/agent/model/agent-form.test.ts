import { describe, expect, it } from "vitest";
import type { Agent } from "../api/queries";
import { formOf, keepsKey, problemsOf, updateOf, withProvider } from "./agent-form";

const builtin: Agent = {
  enabled: true,
  model: {
    provider: "builtin",
    name: "",
    base_url: "",
    has_key: false,
    is_from_environment: true,
  },
  instructions: "",
  debounce_s: 5,
  reply_cap: 15,
  working_hours: null,
  time_zone: "Europe/Moscow",
};
const openai: Agent = {
  ...builtin,
  model: {
    provider: "openai",
    name: "gpt-4o-mini",
    base_url: "",
    has_key: true,
    is_from_environment: false,
  },
};

describe("the assistant's limits", () => {
  it.each([
    [{ pause: 301 }, { pause: "pause" }],
    [{ pause: "" }, { pause: "pause" }],
    [{ replyCap: 0 }, { replyCap: "replyCap" }],
    [{ replyCap: 2.5 }, { replyCap: "replyCap" }],
    [{ instructions: "я".repeat(20_001) }, { instructions: "long" }],
    [{ instructions: "🙂".repeat(20_000), pause: 0.5 }, {}],
  ])("hold %#", (changes, problems) => {
    expect(problemsOf({ ...formOf(builtin), ...changes }, builtin)).toEqual(problems);
  });
});

describe("the model", () => {
  it("of the environment is never sent unless it was changed", () => {
    const form = { ...formOf(builtin), instructions: "Кратко." };

    expect(updateOf(form, builtin)).toEqual({ instructions: "Кратко." });
  });

  it("of a provider asks for its name and key", () => {
    const form = { ...formOf(builtin), ...withProvider("openai", builtin) };

    expect(problemsOf(form, builtin)).toEqual({ name: "fill", key: "key" });
  });

  it("compatible with OpenAI asks for an address and needs no key", () => {
    const form = { ...formOf(builtin), ...withProvider("openai_compatible", builtin), name: "m" };

    expect(problemsOf(form, builtin)).toEqual({ baseUrl: "fill" });
    expect(problemsOf({ ...form, baseUrl: "localhost:8080" }, builtin)).toEqual({
      baseUrl: "address",
    });
    expect(problemsOf({ ...form, baseUrl: "http://localhost:8080/v1" }, builtin)).toEqual({});
  });

  it("keeps its stored key under another name, and sends none", () => {
    const form = { ...formOf(openai), name: "gpt-5" };

    expect(problemsOf(form, openai)).toEqual({});
    expect(updateOf(form, openai)).toEqual({
      model: { provider: "openai", name: "gpt-5", base_url: "" },
    });
  });

  it("at another address wants its key anew", () => {
    const form = { ...formOf(openai), baseUrl: "https://proxy.example.ru/v1" };

    expect(keepsKey(form, openai)).toBe(false);
    expect(problemsOf(form, openai)).toEqual({ key: "key" });
  });

  it("of the environment lends its key to no other one", () => {
    const agent = { ...openai, model: { ...openai.model, is_from_environment: true } };

    const form = { ...formOf(agent), ...withProvider("openai", agent), name: "gpt-5" };

    expect(problemsOf(form, agent)).toEqual({ key: "key" });
  });

  it("of the environment takes the place of one's own again", () => {
    const form = { ...formOf(openai), ...withProvider("environment", openai) };

    expect(problemsOf(form, openai)).toEqual({});
    expect(updateOf(form, openai)).toEqual({ model: { provider: null, name: "", base_url: "" } });
    expect(
      updateOf({ ...formOf(builtin), ...withProvider("environment", builtin) }, builtin),
    ).toEqual({});
  });

  it("comes back as it was saved when its provider is chosen again", () => {
    expect({ ...formOf(openai), ...withProvider("openai", openai) }).toEqual(formOf(openai));
  });
});
