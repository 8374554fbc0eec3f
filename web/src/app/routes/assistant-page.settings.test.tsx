import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import type { components } from "@/api/schema";
import { asManager, serveDocuments, shelf } from "@/testing/documents-shelf";
import { renderApp } from "@/testing/render";
import { problem, server } from "@/testing/server";

type Agent = components["schemas"]["AgentRead"];

const page = "/settings/assistant";

beforeEach(serveDocuments);

async function press(name: string): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name }));
}

describe("the assistant's settings", () => {
  let agent: Agent;

  beforeEach(() => {
    agent = {
      enabled: true,
      model: {
        provider: "openai",
        name: "gpt-4o-mini",
        base_url: "",
        has_key: true,
        is_from_environment: false,
      },
      instructions: "",
      debounce_s: 5,
      reply_cap: 15,
      working_hours: null,
      time_zone: "Europe/Moscow",
    };
    server.use(
      http.get("*/api/v1/agent", () => HttpResponse.json(agent)),
      http.put("*/api/v1/agent", async ({ request }) => {
        const { model, ...rest } = (await request.json()) as components["schemas"]["AgentUpdate"];
        shelf.written.push({ model, ...rest });
        agent = { ...agent, ...rest };
        return HttpResponse.json(agent);
      }),
    );
  });

  it("are saved, and the model that nobody touched is left alone", async () => {
    renderApp(page);
    await userEvent.type(await screen.findByLabelText("Инструкции"), "Кратко.");
    const pause = screen.getByLabelText("Пауза перед ответом, секунд");
    await userEvent.clear(pause);
    await userEvent.type(pause, "8,5");
    await press("Сохранить");

    expect(await screen.findByText(/Настройки сохранены/)).toBeVisible();
    expect(shelf.written).toEqual([
      { enabled: true, instructions: "Кратко.", debounce_s: 8.5, reply_cap: 15 },
    ]);
  });

  it("say that a key is stored and never show it", async () => {
    renderApp(page);

    expect(await screen.findByText(/Ключ сохранён и не показывается/)).toBeVisible();
    expect(screen.getByLabelText("Ключ")).toHaveValue("");
  });

  it("keep a new key out of the browser's storage", async () => {
    renderApp(page);
    await userEvent.type(await screen.findByLabelText("Ключ"), "sk-secret");

    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain("sk-secret");
  });

  it("say when the model comes from the environment", async () => {
    agent.model = { ...agent.model, provider: "builtin", name: "", is_from_environment: true };
    renderApp(page);

    expect(
      await screen.findByText(/Задана на сервере \(BESEDKA_MODEL_PROVIDER\): Встроенная/),
    ).toBeVisible();
  });

  it("are refused in plain words, and stay in the form", async () => {
    server.use(
      http.put("*/api/v1/agent", () =>
        problem(422, "model_misconfigured", "Проверьте настройки модели", "Нет такой модели"),
      ),
    );
    renderApp(page);
    const name = await screen.findByLabelText("Название модели");
    await userEvent.clear(name);
    await userEvent.type(name, "gpt-5");
    await press("Сохранить");

    const words = /Настройки не сохранены\. Проверьте настройки модели\. Нет такой модели\./;
    expect(await screen.findByText(words)).toBeVisible();
    expect(name).toHaveValue("gpt-5");
  });

  it("tell at once what is out of bounds", async () => {
    renderApp(page);
    const cap = await screen.findByLabelText("Ответов подряд, не больше");
    await userEvent.clear(cap);
    await userEvent.type(cap, "500");

    expect(screen.getByText("Целое число от 1 до 200")).toBeVisible();
    await press("Сохранить");
    expect(cap).toHaveFocus();
    expect(shelf.written).toEqual([]);
  });

  it("are only read by those who may not change them", async () => {
    asManager();
    agent.instructions = "Кратко.";
    renderApp(page);

    expect(await screen.findByText("OpenAI, gpt-4o-mini")).toBeVisible();
    expect(screen.getByText("Кратко.")).toBeVisible();
    expect(screen.queryByRole("textbox")).toBeNull();
  });

  it("are one click away from the assistant's chip", async () => {
    renderApp("/inbox");
    await press("Ассистент включён");
    await userEvent.click(await screen.findByRole("link", { name: "Документы и настройки" }));

    expect(await screen.findByLabelText("Инструкции")).toBeVisible();
  });
});
