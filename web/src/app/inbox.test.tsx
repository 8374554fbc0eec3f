import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { countsQuery } from "@/features/inbox/api/queries";
import { FakeEventSource } from "@/testing/fake-event-source";
import { makeConversation, makeMessage, minutesAgo } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { serveTalk, serveTalks } from "@/testing/serve-talk";
import { emptyCounts, problem, server } from "@/testing/server";

describe("the inbox", () => {
  it("counts the columns in Russian", async () => {
    serveTalk(makeConversation({ id: "talk-1" }));
    renderApp("/inbox");

    expect(await screen.findByText("128 чатов, 3 непрочитанных")).toBeVisible();
    expect(screen.getByText("1 чат, 1 ждёт ответа")).toBeVisible();
    expect(screen.getByRole("link", { name: /^Чаты.*4$/ })).toBeVisible();
  });

  it("counts no open talks above the closed ones", async () => {
    serveTalk(makeConversation({ id: "talk-1" }));
    renderApp("/inbox");
    expect(await screen.findByText("128 чатов, 3 непрочитанных")).toBeVisible();

    const column = screen.getByRole("region", { name: "Бот" });
    await userEvent.click(within(column).getByRole("button", { name: "Закрытые" }));

    await vi.waitFor(() => expect(within(column).queryByText(/128 чатов/)).toBeNull());
    expect(screen.getByText("1 чат, 1 ждёт ответа")).toBeVisible();
  });

  it("says in words who waits and what is unread in a row", async () => {
    serveTalks(
      makeConversation({ mode: "manager", unread_count: 2, waiting_since: minutesAgo(14) }),
    );
    renderApp("/inbox");

    const row = await screen.findByRole("link", { name: /Mazda 3/ });
    expect(row).toHaveAccessibleName(/2 непрочитанных.*/);
    expect(row).toHaveAccessibleName(/Ждёт менеджера\s\d+\sмин/);
  });

  describe("where there is room for one column", () => {
    beforeEach(() => {
      vi.spyOn(window, "matchMedia").mockImplementation(
        (query) =>
          ({
            matches: query.includes("1079px"),
            media: query,
            addEventListener: () => {},
            removeEventListener: () => {},
          }) as unknown as MediaQueryList,
      );
    });

    it("opens on the one where somebody waits for a person", async () => {
      serveTalk(makeConversation({ mode: "manager", waiting_since: minutesAgo(14) }));
      const { router } = renderApp("/inbox");

      const waiting = await screen.findByRole("radio", { name: "Менеджер, 1" });
      await vi.waitFor(() => expect(waiting).toBeChecked());

      await userEvent.click(screen.getByRole("radio", { name: "Бот, 3" }));
      await vi.waitFor(() => expect(router.state.location.search).toMatchObject({ tab: "bot" }));
      expect(screen.getByRole("radio", { name: "Бот, 3" })).toBeChecked();
    });

    it("opens on the bot's when nobody waits, and stays there", async () => {
      const { client } = renderApp("/inbox");
      expect(await screen.findByText("Бот пока ни с кем не говорит")).toBeVisible();

      await vi.waitFor(() => expect(client.getQueryData(countsQuery().queryKey)).toBeDefined());
      act(() =>
        client.setQueryData(countsQuery().queryKey, {
          ...emptyCounts,
          manager: { open: 1, unread: 1, waiting: 1 },
        }),
      );

      expect(await screen.findByRole("radio", { name: "Менеджер, 1" })).not.toBeChecked();
    });
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
    serveTalk(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    const marked = vi.fn(() => HttpResponse.json({ ...talk, unread_count: 0, version: 2 }));
    server.use(
      http.post("*/api/v1/conversations/:id/read", marked),
      http.post("*/api/v1/conversations/:id/take-over", () =>
        HttpResponse.json({ ...talk, unread_count: 0, mode: "manager", version: 3 }),
      ),
    );
    renderApp("/inbox/talk-1");
    await vi.waitFor(() => expect(marked).toHaveBeenCalledOnce(), 5000);

    await userEvent.click(await screen.findByRole("button", { name: "Взять" }));

    expect(await screen.findByRole("button", { name: "Вернуть боту" })).toBeVisible();
  });

  it("offers to take a close back", async () => {
    const talk = makeConversation({ id: "talk-1", mode: "manager" });
    serveTalk(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
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
    await userEvent.click(within(notice).getByRole("button", { name: "Отменить" }));

    await vi.waitFor(() => expect(reopened).toHaveBeenCalledOnce());
  });

  it("tells no more of a close once another section is open", async () => {
    const talk = makeConversation({ id: "talk-1", mode: "manager" });
    serveTalk(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
    server.use(
      http.post("*/api/v1/conversations/:id/close", () =>
        HttpResponse.json({ ...talk, status: "closed", version: 2 }),
      ),
    );
    const { router } = renderApp("/inbox/talk-1");
    await userEvent.click(await screen.findByRole("button", { name: "Ещё действия" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Закрыть" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Чат закрыт");

    await act(() => router.navigate({ to: "/settings" }));

    await vi.waitFor(() => expect(screen.queryByText("Чат закрыт")).toBeNull());
  });

  it("shows a message that comes while the talk is open", async () => {
    const talk = makeConversation({ id: "talk-1" });
    serveTalk(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
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
      problem_way_out: null,
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
    serveTalk(talk, words);
    server.use(http.post("*/api/v1/conversations/:id/read", marked));
    act(() => FakeEventSource.latest.open());

    expect(await screen.findByText("Ещё продаёте?")).toBeVisible();
    await vi.waitFor(() => expect(marked).toHaveBeenCalledOnce(), 5000);
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
