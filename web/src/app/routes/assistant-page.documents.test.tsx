import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it } from "vitest";
import { asManager, makeDocument, serveDocuments, shelf } from "@/testing/documents-shelf";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { problem, server } from "@/testing/server";

const page = "/settings/assistant";

beforeEach(serveDocuments);

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
    expect(shelf.written).toEqual([
      { title: "Гарантия", text: "Гарантия 14 дней.", enabled: true },
    ]);
    expect(window.location.search).toBe("");
  });

  it("are not saved without a title and a text", async () => {
    renderApp(`${page}?document=new`);
    await screen.findByLabelText("Название");
    await saveDocument();

    expect(screen.getByText("Назовите документ")).toBeVisible();
    expect(screen.getByText("Напишите или вставьте текст")).toBeVisible();
    expect(screen.getByLabelText("Название")).toHaveFocus();
    expect(shelf.written).toEqual([]);
  });

  it("keep their text when it could not be saved", async () => {
    shelf.documents = [makeDocument({ id: "one" })];
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
    shelf.documents = [makeDocument({ id: "one" })];
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
    shelf.documents = [makeDocument({ id: "one" })];
    const { unmount } = renderApp(`${page}?document=one`);
    await userEvent.type(await screen.findByLabelText("Текст"), " Завтра.");
    unmount();

    renderApp(`${page}?document=one`);

    expect(await screen.findByLabelText("Текст")).toHaveValue("Доставка по Москве 500 ₽. Завтра.");
    expect(screen.getByText("Здесь правки, которые вы не успели сохранить.")).toBeVisible();
  });

  it("change only what was changed here", async () => {
    shelf.documents = [makeDocument({ id: "one" })];
    renderApp(`${page}?document=one`);
    await userEvent.type(await screen.findByLabelText("Название"), " и оплата");
    shelf.documents = [makeDocument({ id: "one", text: "Текст коллеги." })];
    await saveDocument();

    await screen.findByRole("link", { name: /Доставка и оплата/ });
    expect(shelf.written).toEqual([
      { title: "Доставка и оплата", text: "Текст коллеги.", enabled: true },
    ]);
  });

  it("are switched off in the list", async () => {
    shelf.documents = [makeDocument()];
    renderApp(page);
    const toggle = await screen.findByRole("switch", { name: "Отвечать по документу «Доставка»" });
    await userEvent.click(toggle);

    expect(await screen.findByText(/выключен$/)).toBeVisible();
    expect(shelf.documents[0]?.enabled).toBe(false);
    expect(shelf.documents[0]?.text).toBe("Доставка по Москве 500 ₽.");
  });

  it("are deleted once that is confirmed", async () => {
    shelf.documents = [makeDocument({ id: "one" })];
    renderApp(`${page}?document=one`);
    await press("Удалить");
    const dialog = await screen.findByRole("dialog", { name: "Удалить документ" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Удалить" }));

    expect(await screen.findByText("Документов пока нет")).toBeVisible();
    expect(shelf.documents).toEqual([]);
  });

  it("are found by title when there are many", async () => {
    shelf.documents = Array.from({ length: 12 }, (_, number) =>
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
    shelf.documents = [makeDocument({ id: "one" })];
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
