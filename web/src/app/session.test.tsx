import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { onSignedOutElsewhere, tellSignedOut } from "@/lib/other-tabs";
import { FakeEventSource } from "@/testing/fake-event-source";
import { makeConversation, makeMe, makeMessage } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { serveTalk } from "@/testing/serve-talk";
import { problem, server } from "@/testing/server";

const signedOut = http.get("*/api/v1/me", () => problem(401, "signed_out", "Войдите"));

describe("signing in", () => {
  it("leads back to the page that was asked for", async () => {
    server.use(signedOut);
    const talk = makeConversation({ id: "talk-1" });
    renderApp("/inbox/talk-1");
    await userEvent.type(await screen.findByLabelText("Эл. почта"), "irina@example.ru");
    await userEvent.type(screen.getByLabelText("Пароль"), "secret");

    serveTalk(talk, makeMessage({ conversation_id: "talk-1", text: "Ещё продаёте?" }));
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

      serveTalk(makeConversation({ id: "talk-1" }));
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
