import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeMessage, minutesAgo } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import type { Message } from "../model/types";
import { FeedContext } from "./feed-context";
import { MessageItem } from "./message-item";

function show(over: Partial<Message>) {
  return renderPart(<MessageItem message={makeMessage(over)} />);
}

const bot = { kind: "bot", id: null, name: null } as const;

describe("a message of the talk", () => {
  it("text, with its web addresses as links", () => {
    show({ text: "Смотрите https://avito.ru/1" });

    expect(screen.getByText(/Смотрите/)).toBeVisible();
    expect(screen.getByRole("link")).toHaveAttribute("rel", expect.stringContaining("noopener"));
  });

  it("photo, which the feed opens large at a click", async () => {
    const openPhoto = vi.fn();
    const message = makeMessage({
      type: "image",
      content: { sizes: { "640x480": "https://img.example/1" } },
    });
    renderPart(
      <FeedContext value={{ openPhoto, jumpTo: vi.fn() }}>
        <MessageItem message={message} />
      </FeedContext>,
    );

    await userEvent.click(screen.getByRole("button", { name: "Открыть фото" }));

    expect(openPhoto).toHaveBeenCalledExactlyOnceWith(message.id);
  });

  it("quote, which leads to the message that it answers", async () => {
    const jumpTo = vi.fn();
    const message = makeMessage({ quote: { external_id: "first", text: "Какая ткань?" } });
    renderPart(
      <FeedContext value={{ openPhoto: vi.fn(), jumpTo }}>
        <MessageItem message={message} />
      </FeedContext>,
    );

    await userEvent.click(screen.getByRole("button", { name: "Какая ткань?" }));

    expect(jumpTo).toHaveBeenCalledExactlyOnceWith("first");
  });

  it("voice, asked for only when somebody listens", async () => {
    const asked = vi.fn(() => HttpResponse.json({ url: "https://voice.example/1.mp4" }));
    server.use(http.get("*/api/v1/messages/:id/voice", asked));
    const play = vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
    show({ type: "voice", content: { voice_id: "1" } });
    expect(asked).not.toHaveBeenCalled();

    await userEvent.click(screen.getByRole("button", { name: "Слушать" }));

    await vi.waitFor(() => expect(play).toHaveBeenCalled());
    expect(asked).toHaveBeenCalledOnce();
  });

  it("voice that does not load, with words", async () => {
    server.use(
      http.get("*/api/v1/messages/:id/voice", () => problem(404, "gone", "Запись удалена")),
    );
    show({ type: "voice" });

    await userEvent.click(screen.getByRole("button", { name: "Слушать" }));

    expect(await screen.findByText("Запись не загрузилась")).toBeVisible();
  });

  it("link with its preview", () => {
    const content = { url: "https://avito.ru/1", title: "Mazda 3", description: "Седан" };
    show({ type: "link", text: "https://avito.ru/1", content });

    expect(screen.getByText("Mazda 3").closest("a")).toHaveAttribute("href", "https://avito.ru/1");
  });

  it("item card with its price", () => {
    show({ type: "item", text: "", content: { title: "Шины", price_text: "12 000 ₽" } });

    expect(screen.getByText("Шины")).toBeVisible();
    expect(screen.getByText("12 000 ₽")).toBeVisible();
  });

  it("place with a way to the map", () => {
    const content = { lat: 55.6, lon: 37.6, title: "Варшавское ш., 125", text: "Москва" };
    show({ type: "location", text: "", content });

    expect(screen.getByRole("link")).toHaveAttribute("href", expect.stringContaining("37.6,55.6"));
  });

  it.each([
    [{ type: "call", content: { status: "missed" } }, "Пропущенный звонок"],
    [{ type: "app_call" }, "Звонок в приложении Авито"],
    [{ type: "video" }, "Видео. Авито не передаёт его содержимое"],
    [{ type: "file" }, "Файл. Авито не передаёт его содержимое"],
    [{ type: "deleted" }, "Сообщение удалено"],
    [
      { type: "unknown", content: { raw_type: "sticker" } },
      "Сообщение вида «sticker» пока не показываем",
    ],
    [{ type: "hologram" }, "Сообщение неизвестного вида"],
    [{ type: "image", content: {} }, "Сообщение вида «image» пока не показываем"],
  ])("%j reads as words", (over, words) => {
    show({ text: "", ...over });

    expect(screen.getByText(words)).toBeVisible();
  });

  it("Avito's own words stand apart from both sides", () => {
    show({ type: "system", text: "Не переходите в другие мессенджеры" });

    expect(screen.getByText(/Сообщение Авито/)).toBeVisible();
  });

  it.each([
    ["queued", "отправляется"],
    ["sent", "отправлено"],
    ["read", "прочитано"],
    ["discarded", "не отправлено: чат взял человек"],
  ] as const)("sent by us and %s says so", (status, words) => {
    show({ direction: "out", status });

    expect(screen.getByText(new RegExp(words))).toBeVisible();
  });

  it("held says how long it waits, and only that", () => {
    const heldUntil = new Date(Date.now() + 4000).toISOString();
    show({ direction: "out", status: "queued", held_until: heldUntil });

    expect(screen.getByText(/^Уйдёт через \d с$/)).toBeVisible();
    expect(screen.queryByText(/отправляется/)).toBeNull();
  });

  it("whose time to be held is over says that it leaves", () => {
    show({ direction: "out", status: "queued", held_until: new Date(0).toISOString() });

    expect(screen.getByText("отправляется")).toBeVisible();
    expect(screen.queryByRole("button", { name: "Отменить" })).toBeNull();
  });

  it("failed says what happened, that the text is kept, and sends again", async () => {
    const retried = vi.fn(() => HttpResponse.json(makeMessage({ direction: "out" })));
    server.use(http.post("*/api/v1/messages/:id/retry", retried));
    show({
      direction: "out",
      status: "failed",
      failure: { code: "payment_required", title: "Нет тарифа «Максимальный»", detail: null },
    });
    expect(screen.getByText("Нет тарифа «Максимальный». Текст сохранён.")).toBeVisible();

    await userEvent.click(screen.getByRole("button", { name: "Повторить" }));

    await vi.waitFor(() => expect(retried).toHaveBeenCalledOnce());
  });

  it("the bot's answer has its receipt, with the sources one click away", async () => {
    show({
      direction: "out",
      author: bot,
      receipt: {
        sources: [
          { kind: "listing", id: "1", title: "Mazda 3", quote: "Пробег 168 000 км" },
          { kind: "document", id: "2", title: "Осмотр.docx", quote: "Показ до 19:00" },
        ],
        model: "GPT",
        provider: "openai",
        input_tokens: 1840,
        output_tokens: 96,
        cost_minor: "31",
        seconds: 1.9,
        rule: null,
      },
    });
    expect(screen.getByText(/GPT · 1,9 с · 0,31\s₽/)).toBeVisible();

    await userEvent.click(screen.getByText("2 источника: объявление, «Осмотр.docx»"));

    expect(await screen.findByText("Пробег 168 000 км")).toBeInTheDocument();
  });

  it("a hand-over shows the reason and the brief", () => {
    const content = {
      reason: "Цена ниже разрешённой",
      wants: "купить",
      promised: "",
      next: "цена",
    };
    show({ type: "handover", direction: "internal", text: "", content });

    expect(screen.getByText(/Цена ниже разрешённой/)).toBeVisible();
    expect(screen.getByText("Хочет: купить.")).toBeVisible();
    expect(screen.getByText("Дальше: цена.")).toBeVisible();
  });

  it("an activity names who acted, or you", () => {
    const content = { action: "taken_over", by: "Павел" };
    show({ type: "activity", author: { kind: "user", id: "user-2", name: "Павел" }, content });
    show({ type: "activity", author: { kind: "user", id: "user-1", name: "Ирина" }, content });

    expect(screen.getByText(/Теперь отвечает Павел/)).toBeVisible();
    expect(screen.getByText(/Вы взяли чат/)).toBeVisible();
  });

  it("a talk that the customer's word opened says so", () => {
    const content = { action: "reopened", by: null };
    show({ type: "activity", author: { kind: "system", id: null, name: null }, content });

    expect(screen.getByText(/Клиент написал, чат открыт снова/)).toBeVisible();
  });

  it("a talk that a message which did not leave opened says so", () => {
    const content = { action: "reopened", by: null, because: "not_sent" };
    show({ type: "activity", author: { kind: "system", id: null, name: null }, content });

    expect(screen.getByText(/Сообщение не ушло, чат открыт снова/)).toBeVisible();
  });

  it("words for later that a colleague changed say whose they are now", () => {
    const content = { action: "scheduled_changed", by: "Павел" };
    show({ type: "activity", author: { kind: "user", id: "user-2", name: "Павел" }, content });

    expect(screen.getByText(/Отложенное сообщение переписано: Павел/)).toBeVisible();
  });

  it("an answer taken back says who did it and that the talk waits", () => {
    const content = { action: "answer_recalled", by: "Павел" };
    show({ type: "activity", author: { kind: "user", id: "user-2", name: "Павел" }, content });

    expect(screen.getByText(/Павел: ответ отозван, чат ждёт менеджера/)).toBeVisible();
  });

  it("a person's answer from Avito's own app says where it was written", () => {
    show({ direction: "out", author: { kind: "elsewhere", id: null, name: null } });

    expect(screen.getByText(/из приложения Авито/)).toBeVisible();
  });

  it("can be recalled within the hour and not after it", async () => {
    show({ direction: "out", recall_until: minutesAgo(-30) });
    await userEvent.click(screen.getByRole("button", { name: "Действия с сообщением" }));
    expect(await screen.findByText("Отозвать")).toBeInTheDocument();
    await userEvent.keyboard("{Escape}");

    show({ direction: "out", recall_until: minutesAgo(5) });
    const [, late] = screen.getAllByRole("button", { name: "Действия с сообщением" });
    if (late) await userEvent.click(late);
    expect(screen.queryAllByText("Отозвать")).toHaveLength(0);
  });
});
