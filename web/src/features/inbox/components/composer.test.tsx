import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeConversation, makeMe, makeMessage, minutesAgo } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { inboxKeys } from "../api/keys";
import { pictureShelf } from "../live/picture-shelf";
import type { MessageList } from "../model/message-list";
import type { Conversation } from "../model/types";
import { Composer } from "./composer";

const talk = { id: "conversation-1", mode: "manager" } as const;
const lastWordsElsewhere = {
  id: "message-1",
  author: "elsewhere",
  author_name: null,
  type: "text",
  text: "Приезжайте",
  sent_at: minutesAgo(1),
  status: "sent",
} as const;

function show(over: Partial<Conversation> = {}, me = makeMe()) {
  return renderPart(
    <Composer conversation={makeConversation({ ...talk, ...over })} onSent={() => {}} />,
    me,
  );
}

function field() {
  return screen.getByRole("textbox", { name: "Напишите ответ" });
}

describe("the composer", () => {
  it("sends by Enter with a key of its own and empties the field", async () => {
    const keys: (string | null)[] = [];
    const texts: unknown[] = [];
    server.use(
      http.post("*/conversations/:id/messages", async ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        texts.push(await request.json());
        return HttpResponse.json({ items: [makeMessage({ direction: "out" })] }, { status: 201 });
      }),
    );
    show();

    await userEvent.type(field(), "Да, ждём вас{Enter}");
    await userEvent.type(field(), "До встречи{Enter}");

    await vi.waitFor(() =>
      expect(texts).toMatchObject([{ text: "Да, ждём вас" }, { text: "До встречи" }]),
    );
    expect(new Set(keys).size).toBe(2);
    expect(field()).toHaveValue("");
  });

  it("starts a new line by Shift+Enter", async () => {
    show();

    await userEvent.type(field(), "Раз{Shift>}{Enter}{/Shift}два");

    expect(field()).toHaveValue("Раз\nдва");
  });

  it("keeps the text when the server fails and sends it again under the same key", async () => {
    const keys: (string | null)[] = [];
    server.use(
      http.post("*/conversations/:id/messages", ({ request }) => {
        keys.push(request.headers.get("Idempotency-Key"));
        return keys.length === 1
          ? problem(503, "unavailable", "Сервер перезапускается")
          : HttpResponse.json({ items: [makeMessage({ direction: "out" })] }, { status: 201 });
      }),
    );
    show();

    await userEvent.type(field(), "Держим до субботы{Enter}");
    // It has looked whether the reply arrived all the same.
    expect(await screen.findByText(/^Не дошло/)).toBeVisible();
    expect(field()).toHaveValue("Держим до субботы");
    await userEvent.type(field(), "{Enter}");

    await vi.waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[1]).toBe(keys[0]);
    await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("keeps both texts when one fails while the next is being typed", async () => {
    let start = () => {};
    let fail = () => {};
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    const failing = new Promise<void>((resolve) => {
      fail = resolve;
    });
    server.use(
      http.post("*/conversations/:id/messages", async () => {
        start();
        await failing;
        return problem(409, "conversation_closed", "Чат закрыт");
      }),
    );
    show();
    await userEvent.type(field(), "Первое{Enter}");
    await userEvent.type(field(), "Второе");

    await started;
    fail();

    expect(await screen.findByRole("alert")).toHaveTextContent("Чат закрыт. Текст сохранён.");
    expect(field()).toHaveValue("Первое\nВторое");
  });

  it("takes the reply that was just sent back by Ctrl+Z in the empty field", async () => {
    const held = makeMessage({
      id: "held",
      direction: "out",
      status: "queued",
      text: "Да",
      held_until: new Date(Date.now() + 5000).toISOString(),
    });
    const cancelled = vi.fn(() =>
      HttpResponse.json({ items: [{ ...held, version: 2, status: "discarded" }] }),
    );
    server.use(
      http.post("*/conversations/:id/messages", () =>
        HttpResponse.json({ items: [held] }, { status: 201 }),
      ),
      http.post("*/messages/held/cancel", cancelled),
    );
    const { client } = show();
    client.setQueryData(inboxKeys.messages(talk.id), {
      pages: [{ items: [], next_cursor: null, previous_cursor: null, seq: 1 }],
      pageParams: [null],
    });

    await userEvent.type(field(), "Да{Enter}");
    await vi.waitFor(() =>
      expect(
        client.getQueryData<MessageList>(inboxKeys.messages(talk.id))?.pages[0]?.items,
      ).toEqual([held]),
    );
    await userEvent.type(field(), "{Control>}[KeyZ]{/Control}");

    await vi.waitFor(() => expect(field()).toHaveValue("Да"));
    expect(cancelled).toHaveBeenCalledOnce();
  });

  it("goes on behind a text that came back, unless something else is being typed in", async () => {
    const refusals: (() => void)[] = [];
    server.use(
      http.post("*/conversations/:id/messages", async () => {
        await new Promise<void>((resolve) => refusals.push(resolve));
        return problem(409, "conversation_closed", "Чат закрыт");
      }),
    );
    show();
    await userEvent.type(field(), "Ждём{Enter}");
    field().blur();
    await vi.waitFor(() => expect(refusals).toHaveLength(1));
    refusals[0]?.();
    await vi.waitFor(() => expect(field()).toHaveFocus());
    await userEvent.keyboard("!");
    expect(field()).toHaveValue("Ждём!");

    await userEvent.keyboard("{Enter}");
    const search = document.body.appendChild(document.createElement("input"));
    search.focus();
    await vi.waitFor(() => expect(refusals).toHaveLength(2));
    refusals[1]?.();
    await vi.waitFor(() => expect(field()).toHaveValue("Ждём!"));
    expect(search).toHaveFocus();
    search.remove();
  });

  it("leaves Ctrl+Z to the field while something is typed there", async () => {
    const cancelled = vi.fn(() => HttpResponse.json({ items: [] }));
    server.use(http.post("*/messages/:id/cancel", cancelled));
    const { client } = show();
    const heldUntil = new Date(Date.now() + 5000).toISOString();
    const held = makeMessage({ direction: "out", status: "queued", held_until: heldUntil });
    client.setQueryData(inboxKeys.messages(talk.id), {
      pages: [{ items: [held], next_cursor: null, previous_cursor: null, seq: 1 }],
      pageParams: [null],
    });

    await userEvent.type(field(), "Да{Control>}[KeyZ]{/Control}");

    expect(cancelled).not.toHaveBeenCalled();
  });

  it("saves what is typed on the server, and shows what another device left there", async () => {
    const texts: string[] = [];
    server.use(
      http.get("*/conversations/:id/draft", () =>
        HttpResponse.json({
          conversation_id: talk.id,
          text: "С телефона",
          saved_at: minutesAgo(1),
        }),
      ),
      http.put("*/conversations/:id/draft", async ({ request }) => {
        const { text } = (await request.json()) as { text: string };
        texts.push(text);
        return HttpResponse.json({
          conversation_id: talk.id,
          text,
          saved_at: minutesAgo(0),
          replaced: "С другого планшета",
        });
      }),
    );
    show();
    await vi.waitFor(() => expect(field()).toHaveValue("С телефона"));

    await userEvent.type(field(), " и отсюда");

    await vi.waitFor(() => expect(texts).toEqual(["С телефона и отсюда"]));
    expect(await screen.findByText("С другого устройства: «С другого планшета»")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Взять" }));
    expect(field()).toHaveValue("С другого планшета");
    expect(screen.queryByText(/С другого устройства/)).toBeNull();
  });

  it("says why a reply waits while its picture is being uploaded", async () => {
    vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:picture");
    vi.spyOn(XMLHttpRequest.prototype, "send").mockImplementation(() => {});
    show();
    pictureShelf.add(talk.id, [new File(["1"], "mazda.png", { type: "image/png" })]);

    await userEvent.type(field(), "Вот она{Enter}");

    expect(screen.getByText(/Фото ещё загружается/)).toBeVisible();
    expect(field()).toHaveValue("Вот она");
    vi.restoreAllMocks();
    pictureShelf.clear();
  });

  it("saves a note apart from the answer", async () => {
    const noted = vi.fn(() => HttpResponse.json(makeMessage({ type: "note" }), { status: 201 }));
    server.use(http.post("*/conversations/:id/notes", noted));
    show();

    await userEvent.click(screen.getByRole("button", { name: "Заметка" }));
    await userEvent.type(screen.getByRole("textbox"), "Минимум 480{Enter}");

    await vi.waitFor(() => expect(noted).toHaveBeenCalledOnce());
    expect(field()).toHaveValue("");
  });

  it("counts characters and says when the text goes in parts", async () => {
    show();

    await userEvent.click(field());
    await userEvent.paste("а".repeat(74));
    expect(screen.getByText("74 / 1000")).toBeVisible();
    await userEvent.paste("а".repeat(1000));
    expect(screen.getByText("1074 / 1000")).toBeVisible();
    expect(screen.getByText(/получит его несколькими сообщениями/)).toBeVisible();
  });

  it.each([
    [{ mode: "bot" }, "Отвечает бот. Ваш ответ передаст чат вам"],
    [{ assignee: null, waiting_since: minutesAgo(3) }, "Чат ждёт менеджера"],
    [{ assignee: null, last_message: lastWordsElsewhere }, "Ответили в приложении Авито"],
    [
      { assignee: null, last_message: lastWordsElsewhere, waiting_since: minutesAgo(3) },
      "Чат ждёт менеджера",
    ],
    [{ assignee: null }, "Чат никто не взял, ответа не ждут"],
    [{ assignee: { id: "user-1", name: "Ирина" } }, "Отвечаете вы"],
    [{ assignee: { id: "user-2", name: "Павел" } }, "Отвечает Павел"],
    [{ status: "closed" }, "Чат закрыт. Чтобы написать, откройте его снова"],
  ] as const)("says who answers: %j", (over, words) => {
    show(over);

    expect(screen.getByText(words)).toBeVisible();
  });

  it("is shut in a closed talk and for those who only view", () => {
    show({ status: "closed" });
    expect(field()).toBeDisabled();

    show({}, makeMe({ role: "viewer" }));
    expect(screen.getByText("У вас доступ только на просмотр")).toBeVisible();
  });
});
