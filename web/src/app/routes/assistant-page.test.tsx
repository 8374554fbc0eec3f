import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import type { components } from "@/api/schema";
import { makeConversation, makeMe, makeMessage, minutesAgo } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { problem, server } from "@/testing/server";

type Document = components["schemas"]["DocumentRead"];
type Agent = components["schemas"]["AgentRead"];

const page = "/settings/assistant";
let documents: Document[] = [];
let written: unknown[] = [];

function makeDocument(over: Partial<Document> = {}): Document {
  const id = over.id ?? `document-${documents.length + 1}`;
  const at = minutesAgo(5);
  const text = "Доставка по Москве 500 ₽.";
  return { id, title: "Доставка", text, enabled: true, created_at: at, updated_at: at, ...over };
}

beforeEach(() => {
  documents = [];
  written = [];
  server.use(
    http.get("*/api/v1/documents", () =>
      HttpResponse.json({
        items: documents.map(({ text, ...facts }) => ({ ...facts, opening: text.slice(0, 200) })),
        next_cursor: null,
      }),
    ),
    http.get("*/api/v1/documents/:id", ({ params }) => {
      const found = documents.find(({ id }) => id === params.id);
      return found ? HttpResponse.json(found) : problem(404, "document_not_found", "Нет");
    }),
    http.post("*/api/v1/documents", async ({ request }) => {
      const body = (await request.json()) as Partial<Document>;
      written.push(body);
      const added = makeDocument(body);
      documents = [added, ...documents];
      return HttpResponse.json(added, { status: 201 });
    }),
    http.put("*/api/v1/documents/:id", async ({ request, params }) => {
      const body = (await request.json()) as Partial<Document>;
      written.push(body);
      documents = documents.map((one) => (one.id === params.id ? { ...one, ...body } : one));
      return HttpResponse.json(documents.find(({ id }) => id === params.id));
    }),
    http.delete("*/api/v1/documents/:id", ({ params }) => {
      documents = documents.filter(({ id }) => id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

function asManager(): void {
  server.use(http.get("*/api/v1/me", () => HttpResponse.json(makeMe({ role: "manager" }))));
}

async function saveDocument(): Promise<void> {
  const pane = within(screen.getByRole("region", { name: "Документы" }));
  await userEvent.click(pane.getByRole("button", { name: "Сохранить" }));
}

async function press(name: string): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name }));
}

describe("the documents", () => {
  it("say what they are for while there are none, and the first one is added", async () => {
    renderApp(page);
    expect(await screen.findByText("Документов пока нет")).toBeVisible();
    await userEvent.click(screen.getByRole("link", { name: "Добавить документ" }));

    const title = await screen.findByLabelText("Название");
    expect(title).toHaveFocus();
    await userEvent.type(title, "Гарантия");
    await userEvent.type(screen.getByLabelText("Текст"), "Гарантия 14 дней.");
    await saveDocument();

    expect(await screen.findByRole("link", { name: /Гарантия/ })).toBeVisible();
    expect(written).toEqual([{ title: "Гарантия", text: "Гарантия 14 дней.", enabled: true }]);
    expect(window.location.search).toBe("");
  });

  it("are not saved without a title and a text", async () => {
    renderApp(`${page}?document=new`);
    await screen.findByLabelText("Название");
    await saveDocument();

    expect(screen.getByText("Назовите документ")).toBeVisible();
    expect(screen.getByText("Напишите или вставьте текст")).toBeVisible();
    expect(screen.getByLabelText("Название")).toHaveFocus();
    expect(written).toEqual([]);
  });

  it("keep their text when it could not be saved", async () => {
    documents = [makeDocument({ id: "one" })];
    server.use(http.put("*/api/v1/documents/:id", () => problem(503, "unavailable", "Занято")));
    renderApp(`${page}?document=one`);
    const text = await screen.findByLabelText("Текст");
    await userEvent.type(text, " По области 900 ₽.");
    await saveDocument();

    expect(
      await screen.findByText(/Документ не сохранён\. .* Текст остался здесь\./),
    ).toBeVisible();
    expect(text).toHaveValue("Доставка по Москве 500 ₽. По области 900 ₽.");
  });

  it("ask before a click throws away what was written", async () => {
    documents = [makeDocument({ id: "one" })];
    renderApp(`${page}?document=one`);
    await userEvent.type(await screen.findByLabelText("Текст"), " Завтра.");

    await userEvent.click(screen.getByRole("link", { name: "Чаты" }));
    await press("Остаться");
    expect(screen.getByLabelText("Текст")).toHaveValue("Доставка по Москве 500 ₽. Завтра.");
    expect(window.location.pathname).toBe(page);

    await userEvent.click(screen.getByRole("link", { name: "Чаты" }));
    await press("Уйти без сохранения");
    expect(await screen.findByRole("region", { name: "Бот" })).toBeVisible();
  });

  it("bring back what was written when the page is opened again", async () => {
    documents = [makeDocument({ id: "one" })];
    const { unmount } = renderApp(`${page}?document=one`);
    await userEvent.type(await screen.findByLabelText("Текст"), " Завтра.");
    unmount();

    renderApp(`${page}?document=one`);

    expect(await screen.findByLabelText("Текст")).toHaveValue("Доставка по Москве 500 ₽. Завтра.");
    expect(screen.getByText("Здесь правки, которые вы не успели сохранить.")).toBeVisible();
  });

  it("change only what was changed here", async () => {
    documents = [makeDocument({ id: "one" })];
    renderApp(`${page}?document=one`);
    await userEvent.type(await screen.findByLabelText("Название"), " и оплата");
    documents = [makeDocument({ id: "one", text: "Текст коллеги." })];
    await saveDocument();

    await screen.findByRole("link", { name: /Доставка и оплата/ });
    expect(written).toEqual([
      { title: "Доставка и оплата", text: "Текст коллеги.", enabled: true },
    ]);
  });

  it("are switched off in the list", async () => {
    documents = [makeDocument()];
    renderApp(page);
    const toggle = await screen.findByRole("switch", { name: "Отвечать по документу «Доставка»" });
    await userEvent.click(toggle);

    expect(await screen.findByText(/выключен$/)).toBeVisible();
    expect(documents[0]?.enabled).toBe(false);
    expect(documents[0]?.text).toBe("Доставка по Москве 500 ₽.");
  });

  it("are deleted once that is confirmed", async () => {
    documents = [makeDocument({ id: "one" })];
    renderApp(`${page}?document=one`);
    await press("Удалить");
    const dialog = await screen.findByRole("dialog", { name: "Удалить документ" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Удалить" }));

    expect(await screen.findByText("Документов пока нет")).toBeVisible();
    expect(documents).toEqual([]);
  });

  it("are found by title when there are many", async () => {
    documents = Array.from({ length: 12 }, (_, number) =>
      makeDocument({ id: `document-${number}`, title: `Прайс ${number}` }),
    );
    renderApp(page);
    const search = await screen.findByRole("searchbox", { name: "Найти по названию" });

    await userEvent.type(search, "ПРАЙС 11");
    expect(screen.getAllByRole("switch", { name: /Отвечать по документу/ })).toHaveLength(1);

    await userEvent.type(search, "7");
    expect(screen.getByText("Нет документов с «ПРАЙС 117» в названии.")).toBeVisible();
  });

  it("are only read by those who may not change them", async () => {
    asManager();
    documents = [makeDocument({ id: "one" })];
    renderApp(page);
    await userEvent.click(await screen.findByRole("link", { name: /Доставка/ }));

    expect(await screen.findByLabelText("Текст")).toHaveAttribute("readonly");
    expect(screen.getByText(/Менять документы и настройки могут/)).toBeVisible();
    for (const name of ["Сохранить", "Удалить"]) {
      expect(screen.queryByRole("button", { name })).toBeNull();
    }
    expect(screen.queryByRole("switch")).toBeNull();
  });

  it("are one click away from a hand-over that speaks of them", async () => {
    const message = makeMessage({
      conversation_id: "talk-1",
      type: "handover",
      direction: "internal",
      status: "note",
      content: {
        reason: "Ответа нет ни в объявлении, ни в документах",
        wants: "прислать документы",
        promised: "",
        next: "ответить на вопрос и дополнить документы",
      },
    });
    server.use(
      http.get("*/api/v1/conversations/:id/messages", () =>
        HttpResponse.json({ items: [message], next_cursor: null, seq: 10 }),
      ),
      http.get("*/api/v1/conversations/talk-1", () =>
        HttpResponse.json(makeConversation({ id: "talk-1" })),
      ),
    );
    renderApp("/inbox/talk-1");

    expect(await screen.findByRole("link", { name: "документах" })).toBeVisible();
    expect(screen.getAllByRole("link", { name: /документ/ })).toHaveLength(2);
    await userEvent.click(screen.getByRole("link", { name: "дополнить документы" }));

    expect(await screen.findByText("Документов пока нет")).toBeVisible();
  });

  it("say when one is gone", async () => {
    renderApp(`${page}?document=gone`);

    expect(await screen.findByText("Документа нет")).toBeVisible();
    await press("К документам");
    expect(await screen.findByText("Документов пока нет")).toBeVisible();
  });
});

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
    };
    server.use(
      http.get("*/api/v1/agent", () => HttpResponse.json(agent)),
      http.put("*/api/v1/agent", async ({ request }) => {
        const { model, ...rest } = (await request.json()) as components["schemas"]["AgentUpdate"];
        written.push({ model, ...rest });
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
    expect(written).toEqual([
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

    expect(await screen.findByText(/Модель задана в настройках сервера/)).toBeVisible();
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
    expect(written).toEqual([]);
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
