import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { onSignedOutElsewhere, tellSignedOut } from "@/lib/other-tabs";
import { FakeEventSource } from "@/testing/fake-event-source";
import {
  type Conversation,
  makeConversation,
  makeMe,
  makeMessage,
  minutesAgo,
} from "@/testing/make";
import { renderApp } from "@/testing/render";
import { problem, server } from "@/testing/server";

const signedOut = http.get("*/api/v1/me", () => problem(401, "signed_out", "Войдите"));

function serve(talk: Conversation, ...messages: ReturnType<typeof makeMessage>[]) {
  server.use(
    http.get("*/api/v1/conversations", ({ request }) => {
      const isIts = new URL(request.url).searchParams.get("mode") === talk.mode;
      return HttpResponse.json({ items: isIts ? [talk] : [], next_cursor: null, seq: 10 });
    }),
    http.get("*/api/v1/conversations/:id/messages", () =>
      HttpResponse.json({ items: messages, next_cursor: null, seq: 10 }),
    ),
    http.get("*/api/v1/conversations/counts", () =>
      HttpResponse.json({
        bot: { open: 128, unread: 3, waiting: 3 },
        manager: { open: 1, unread: 0, waiting: 1 },
        seq: 10,
      }),
    ),
    http.get("*/api/v1/conversations/:id", () => HttpResponse.json(talk)),
  );
}

describe("signing in", () => {
  it("leads back to the page that was asked for", async () => {
    server.use(signedOut);
    const talk = makeConversation({ id: "talk-1" });
    renderApp("/inbox/talk-1");
    await userEvent.type(await screen.findByLabelText("Эл. почта"), "irina@example.ru");
    await userEvent.type(screen.getByLabelText("Пароль"), "secret");

    serve(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    server.use(http.post("*/api/v1/auth/login", () => HttpResponse.json(makeMe())));
    await userEvent.click(screen.getByRole("button", { name: "Войти" }));

    expect(await screen.findByText("Ещё продаёте?")).toBeVisible();
    expect(window.location.pathname).toBe("/inbox/talk-1");
  });

  it.each(["//example.com", "/\\example.com", "/\t/example.com", "https://example.com"])(
    "never leads elsewhere: %j",
    async (elsewhere) => {
      server.use(signedOut);
      renderApp(`/login?next=${encodeURIComponent(elsewhere)}`);
      await userEvent.type(await screen.findByLabelText("Эл. почта"), "irina@example.ru");
      await userEvent.type(screen.getByLabelText("Пароль"), "secret");

      serve(makeConversation({ id: "talk-1" }));
      server.use(http.post("*/api/v1/auth/login", () => HttpResponse.json(makeMe())));
      await userEvent.click(screen.getByRole("button", { name: "Войти" }));

      expect(await screen.findByRole("region", { name: "Бот" })).toBeVisible();
      expect(window.location.pathname).toBe("/inbox");
    },
  );

  it("says in words that the password is wrong and keeps what was typed", async () => {
    server.use(
      signedOut,
      http.post("*/api/v1/auth/login", () => problem(401, "wrong_password", "Неверно")),
    );
    renderApp("/login");
    await userEvent.type(await screen.findByLabelText("Эл. почта"), "irina@example.ru");
    await userEvent.type(screen.getByLabelText("Пароль"), "wrong{Enter}");

    expect(await screen.findByRole("alert")).toHaveTextContent("Почта или пароль не подошли");
    expect(screen.getByLabelText("Эл. почта")).toHaveValue("irina@example.ru");
  });

  it.each([
    [20, "через 1 минуту"],
    [125, "через 3 минуты"],
    [899, "через 15 минут"],
  ])("says how long to wait after too many attempts: %d s", async (seconds, words) => {
    const refusal = { code: "too_many_logins", status: 429, title: "", retry_after_s: seconds };
    server.use(
      signedOut,
      http.post("*/api/v1/auth/login", () => HttpResponse.json(refusal, { status: 429 })),
    );
    renderApp("/login");
    await userEvent.type(await screen.findByLabelText("Эл. почта"), "irina@example.ru");
    await userEvent.type(screen.getByLabelText("Пароль"), "wrong{Enter}");

    expect(await screen.findByRole("alert")).toHaveTextContent(`Попробуйте снова ${words}.`);
  });

  it("asks for what is missing before it asks the server", async () => {
    server.use(signedOut);
    renderApp("/login");

    await userEvent.click(await screen.findByRole("button", { name: "Войти" }));

    expect(screen.getByText("Укажите почту")).toBeVisible();
    expect(screen.getByText("Укажите пароль")).toBeVisible();
  });

  it("is asked for again when the session ends", async () => {
    renderApp("/inbox");
    await screen.findByRole("region", { name: "Бот" });
    server.use(signedOut);

    act(() => FakeEventSource.latest.refuse());

    expect(await screen.findByRole("button", { name: "Войти" })).toBeVisible();
  });
});

describe("signing out", () => {
  it("tells the other tabs", async () => {
    const heard = vi.fn();
    const stop = onSignedOutElsewhere(heard);
    server.use(http.post("*/api/v1/auth/logout", () => new HttpResponse(null, { status: 204 })));
    renderApp("/inbox");

    await userEvent.click(await screen.findByRole("button", { name: "Меню: Ирина Савельева" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Выйти" }));

    expect(await screen.findByRole("button", { name: "Войти" })).toBeVisible();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledOnce());
    stop();
  });

  it("follows another tab at once and hears no more of the stream", async () => {
    renderApp("/inbox");
    await screen.findByRole("region", { name: "Бот" });
    const stream = FakeEventSource.latest;

    tellSignedOut();

    expect(await screen.findByRole("button", { name: "Войти" })).toBeVisible();
    expect(stream.readyState).toBe(FakeEventSource.CLOSED);
  });
});

describe("the inbox", () => {
  it("counts the columns in Russian", async () => {
    serve(makeConversation({ id: "talk-1" }));
    renderApp("/inbox");

    expect(await screen.findByText("128 чатов, 3 непрочитанных")).toBeVisible();
    expect(screen.getByText("1 чат, 1 ждёт ответа")).toBeVisible();
    expect(screen.getByRole("link", { name: "Чаты, 4" })).toBeVisible();
  });

  it("counts no open talks above the closed ones", async () => {
    serve(makeConversation({ id: "talk-1" }));
    renderApp("/inbox");
    expect(await screen.findByText("128 чатов, 3 непрочитанных")).toBeVisible();

    const column = screen.getByRole("region", { name: "Бот" });
    await userEvent.click(within(column).getByRole("button", { name: "Закрытые" }));

    await vi.waitFor(() => expect(within(column).queryByText(/128 чатов/)).toBeNull());
    expect(screen.getByText("1 чат, 1 ждёт ответа")).toBeVisible();
  });

  it("says what will appear in an empty column", async () => {
    renderApp("/inbox");

    expect(await screen.findByText("Бот пока ни с кем не говорит")).toBeVisible();
    expect(screen.getByText("Никто не ждёт менеджера")).toBeVisible();
  });

  it("offers to try again when a list does not load", async () => {
    server.use(http.get("*/api/v1/conversations", () => problem(404, "gone", "Нет списка")));
    renderApp("/inbox");
    const column = await screen.findByRole("region", { name: "Бот" });
    const retry = await within(column).findByRole("button", { name: "Повторить" });

    server.use(
      http.get("*/api/v1/conversations", () =>
        HttpResponse.json({ items: [], next_cursor: null, seq: 1 }),
      ),
    );
    await userEvent.click(retry);

    expect(await within(column).findByText("Бот пока ни с кем не говорит")).toBeVisible();
  });

  it("marks the talk read when it is opened, and takes it over", async () => {
    const talk = makeConversation({ id: "talk-1", unread_count: 2 });
    serve(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    const marked = vi.fn(() => HttpResponse.json({ ...talk, unread_count: 0, version: 2 }));
    server.use(
      http.post("*/api/v1/conversations/:id/read", marked),
      http.post("*/api/v1/conversations/:id/take-over", () =>
        HttpResponse.json({ ...talk, unread_count: 0, mode: "manager", version: 3 }),
      ),
    );
    renderApp("/inbox/talk-1");
    await vi.waitFor(() => expect(marked).toHaveBeenCalledOnce());

    await userEvent.click(await screen.findByRole("button", { name: "Взять" }));

    expect(await screen.findByRole("button", { name: "Вернуть боту" })).toBeVisible();
  });

  it("offers to open a closed talk again, in words of its own", async () => {
    const talk = makeConversation({ id: "talk-1", mode: "manager" });
    serve(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    const reopened = vi.fn(() => HttpResponse.json({ ...talk, version: 3 }));
    server.use(
      http.post("*/api/v1/conversations/:id/close", () =>
        HttpResponse.json({ ...talk, status: "closed", version: 2 }),
      ),
      http.post("*/api/v1/conversations/:id/reopen", reopened),
    );
    renderApp("/inbox/talk-1");
    await userEvent.click(await screen.findByRole("button", { name: "Ещё действия" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Закрыть" }));

    const notice = await screen.findByRole("alert");
    expect(notice).toHaveTextContent("Чат закрыт");
    await userEvent.click(within(notice).getByRole("button", { name: "Открыть снова" }));

    await vi.waitFor(() => expect(reopened).toHaveBeenCalledOnce());
  });

  it("shows a message that comes while the talk is open", async () => {
    const talk = makeConversation({ id: "talk-1" });
    serve(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    renderApp("/inbox/talk-1");
    await screen.findByText("Ещё продаёте?");

    const message = makeMessage({ conversation_id: "talk-1", text: "Ау, вы тут?" });
    const data = { seq: 11, type: "message.received", before: null, message };
    act(() =>
      FakeEventSource.latest.say("message.received", {
        ...data,
        conversation: { ...talk, version: 2 },
      }),
    );

    expect(await screen.findByText("Ау, вы тут?")).toBeVisible();
  });

  it("says so while it is behind", async () => {
    renderApp("/inbox");
    await screen.findByRole("region", { name: "Бот" });

    act(() => FakeEventSource.latest.breakOff());
    expect(await screen.findByText(/Нет связи с сервером/)).toBeInTheDocument();
    act(() => FakeEventSource.latest.open());
    await vi.waitFor(() => expect(screen.queryByText(/Нет связи с сервером/)).toBeNull());
  });

  it("does not vouch for the assistant and the channels while it is behind", async () => {
    const account = {
      id: "account-1",
      kind: "avito",
      name: "Автодвор",
      state: "connected",
      problem_text: null,
      synced_at: minutesAgo(9),
      sync_done: 0,
      sync_total: null,
      last_sweep_at: null,
      recovered_count: 0,
    };
    server.use(http.get("*/api/v1/channel-accounts", () => HttpResponse.json([account])));
    renderApp("/inbox");
    expect(await screen.findByRole("button", { name: "Авито: 1 аккаунт" })).toBeVisible();
    expect(await screen.findByRole("button", { name: "Ассистент включён" })).toBeVisible();

    act(() => FakeEventSource.latest.breakOff());
    expect(await screen.findByRole("button", { name: "Авито: нет связи" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Ассистент: нет связи" })).toBeVisible();
    act(() => FakeEventSource.latest.open());

    expect(await screen.findByRole("button", { name: "Авито: 1 аккаунт" })).toBeVisible();
    expect(screen.getByRole("button", { name: "Ассистент включён" })).toBeVisible();
  });

  it("reads what could not be read as soon as the connection is back", async () => {
    const talk = makeConversation({ id: "talk-1", unread_count: 1 });
    const words = makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" });
    const marked = vi.fn(() => HttpResponse.json({ ...talk, unread_count: 0, version: 2 }));
    const { router } = renderApp("/inbox");
    await screen.findByRole("region", { name: "Бот" });
    act(() => FakeEventSource.latest.open());
    act(() => FakeEventSource.latest.say("channel_account.updated", {}, "7"));
    server.use(http.get("*/api/v1/*", () => HttpResponse.error()));
    act(() => FakeEventSource.latest.breakOff());

    await act(() =>
      router.navigate({ to: "/inbox/$conversationId", params: { conversationId: "talk-1" } }),
    );
    expect(await screen.findByText("Чат не загрузился")).toBeVisible();
    server.resetHandlers();
    serve(talk, words);
    server.use(http.post("*/api/v1/conversations/:id/read", marked));
    act(() => FakeEventSource.latest.open());

    expect(await screen.findByText("Ещё продаёте?")).toBeVisible();
    await vi.waitFor(() => expect(marked).toHaveBeenCalledOnce());
  });

  it.each([
    [404, "not_found", "Не найдено"],
    [422, "unprocessable", "Проверьте введённые данные"],
  ] as const)("says that a talk is not there (%d)", async (status, code, title) => {
    server.use(http.get("*/api/v1/conversations/:id", () => problem(status, code, title)));
    renderApp("/inbox/gone");

    expect(await screen.findByText("Такого чата нет")).toBeVisible();
  });
});
