import { onlineManager } from "@tanstack/react-query";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { forgetReplyDrafts } from "../api/reply-drafts";
import { Composer } from "./composer";

const talk = { id: "conversation-1", mode: "manager" } as const;

afterEach(() => {
  onlineManager.setOnline(true);
  vi.restoreAllMocks();
});

function show() {
  return renderPart(<Composer conversation={makeConversation(talk)} onSent={() => {}} />);
}

function field() {
  return screen.getByRole("textbox", { name: "Напишите ответ" });
}

/** Each POST is answered by the next of these; the last answers the rest. */
function answer(...answers: (() => Response | Promise<Response>)[]) {
  const keys: (string | null)[] = [];
  server.use(
    http.post("*/conversations/:id/messages", ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      const next = answers[Math.min(keys.length, answers.length) - 1];
      return next?.() ?? HttpResponse.error();
    }),
  );
  return keys;
}

const accepted = () =>
  HttpResponse.json({ items: [makeMessage({ direction: "out" })] }, { status: 201 });
const never = () => new Promise<Response>(() => {});

describe("a reply on its way", () => {
  it("stands in the field again when the page was closed before the answer, under its key", async () => {
    const keys = answer(never, accepted);
    const { unmount } = show();
    await userEvent.type(field(), "Держим до субботы{Enter}");
    await vi.waitFor(() => expect(keys).toHaveLength(1));
    unmount();
    forgetReplyDrafts();

    show();
    expect(field()).toHaveValue("Держим до субботы");
    await userEvent.type(field(), "{Enter}");
    await vi.waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[1]).toBe(keys[0]);
    await vi.waitFor(() =>
      expect(Object.keys(localStorage).filter((key) => key.includes("sending"))).toEqual([]),
    );
  });

  it("keeps its key over a reload after its answer was lost", async () => {
    const keys = answer(() => HttpResponse.error(), accepted);
    const { unmount } = show();
    await userEvent.type(field(), "Держим{Enter}");
    await screen.findByRole("alert");
    unmount();
    forgetReplyDrafts();

    show();
    expect(field()).toHaveValue("Держим");
    await userEvent.type(field(), "{Enter}");
    await vi.waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[1]).toBe(keys[0]);
  });

  it("does not wait for the connection, which may come back after others have answered", async () => {
    const keys = answer(() => HttpResponse.error(), accepted);
    onlineManager.setOnline(false);
    show();
    await userEvent.type(field(), "Держим{Enter}");

    expect(await screen.findByRole("alert")).toHaveTextContent("Неизвестно, дошло ли");
    expect(field()).toHaveValue("Держим");
    onlineManager.setOnline(true);
    await new Promise((resolve) => setTimeout(resolve));
    expect(keys).toHaveLength(1);
  });

  it("is given up after a while, so that those behind it can leave", async () => {
    const patience = new AbortController();
    const asked = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(patience.signal);
    const keys = answer(never, accepted);
    show();
    await userEvent.type(field(), "Первое{Enter}");
    await userEvent.type(field(), "Второе{Enter}");
    await vi.waitFor(() => expect(keys).toHaveLength(1));
    patience.abort(new DOMException("late", "TimeoutError"));

    await vi.waitFor(() => expect(keys).toHaveLength(2));
    expect(asked).toHaveBeenCalledWith(20_000);
    expect(field()).toHaveValue("Первое");
  });

  it("stays in the field while the browser knows that there is no connection", async () => {
    const keys = answer(accepted);
    const offline = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
    show();
    await userEvent.type(field(), "Держим{Enter}");

    expect(await screen.findByRole("alert")).toHaveTextContent("Нет связи: ответ не ушёл");
    expect(field()).toHaveValue("Держим");
    expect(keys).toHaveLength(0);

    offline.mockReturnValue(true);
    act(() => void window.dispatchEvent(new Event("online")));
    expect(screen.queryByRole("alert")).toBeNull();
    await userEvent.type(field(), "{Enter}");
    await vi.waitFor(() => expect(keys).toHaveLength(1));
  });

  it("is looked for once the server can be reached again, and said not to have arrived", async () => {
    answer(() => HttpResponse.error());
    let isBack = false;
    server.use(
      http.get("*/conversations/:id/messages", () =>
        isBack
          ? HttpResponse.json({ items: [], next_cursor: null, previous_cursor: null, seq: 2 })
          : problem(404, "not_yet", "Рано"),
      ),
    );
    onlineManager.setOnline(false);
    show();
    await userEvent.type(field(), "Держим{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Неизвестно, дошло ли");

    isBack = true;
    onlineManager.setOnline(true);

    await vi.waitFor(() =>
      expect(screen.getByRole("alert")).toHaveTextContent("Не дошло. Отправьте ещё раз"),
    );
    expect(field()).toHaveValue("Держим");
  });

  it("leaves the field when the talk shows that it arrived though the answer was lost", async () => {
    answer(() => HttpResponse.error());
    const arrived = makeMessage({
      direction: "out",
      text: "Держим",
      sent_at: new Date(Date.now() + 1000).toISOString(),
    });
    server.use(
      http.get("*/conversations/:id/messages", () =>
        HttpResponse.json({ items: [arrived], next_cursor: null, previous_cursor: null, seq: 2 }),
      ),
    );
    show();
    await userEvent.type(field(), "Держим{Enter}");

    await vi.waitFor(() => expect(field()).toHaveValue(""));
    await vi.waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("is said not to be sent when the server has refused it", async () => {
    answer(() => problem(409, "conversation_closed", "Чат закрыт"));
    show();
    await userEvent.type(field(), "Держим{Enter}");

    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Сообщение не отправлено. Чат закрыт. Текст сохранён.",
    );
  });
});
