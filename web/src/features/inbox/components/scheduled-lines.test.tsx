import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeConversation, makeScheduled } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import type { Scheduled } from "../model/types";
import { Composer } from "./composer";

const talk = makeConversation({ id: "conversation-1", mode: "manager" });

function show(...items: Scheduled[]) {
  server.use(
    http.get("*/conversations/:id/scheduled", () => HttpResponse.json({ items, version: 1 })),
  );
  renderPart(<Composer conversation={talk} onSent={() => {}} />);
}

describe("the replies for later", () => {
  it("tell whose they are, and come back into the field when they are cancelled", async () => {
    const removed = vi.fn();
    server.use(
      http.delete("*/scheduled/:id", ({ params }) => {
        removed(params.id);
        return HttpResponse.json(makeScheduled({ state: "removed" }));
      }),
    );
    const own = makeScheduled({ text: "Своё" });
    show(own, makeScheduled({ text: "Чужое", author_user_id: "user-2", author_name: "Павел" }));

    const [first, second] = await screen.findAllByRole("region", { name: /^Отложенное сообщение/ });
    expect(second).toHaveTextContent(/Уйдёт .+\. Автор: Павел\. Чужое/);
    if (!first) throw new Error("no line");
    await userEvent.click(within(first).getByRole("button", { name: "Отменить" }));

    const field = screen.getByRole("textbox", { name: "Напишите ответ" });
    await vi.waitFor(() => expect(field).toHaveValue("Своё"));
    expect(removed).toHaveBeenCalledWith(own.id);
    await userEvent.keyboard("!");
    expect(field).toHaveValue("Своё!");
  });

  it("say why one did not leave, and keep its text until somebody decides", async () => {
    show(makeScheduled({ state: "stopped", stop_reason: "disconnected", text: "Как дела?" }));

    const line = await screen.findByRole("region", { name: "Отложенное сообщение не ушло" });

    expect(line).toHaveTextContent("Аккаунт отключён, сообщение не ушло. Как дела?");
    expect(within(line).getByRole("button", { name: "Вернуть в поле" })).toBeEnabled();
  });

  it("stay where they are when the server refuses", async () => {
    server.use(
      http.post("*/scheduled/:id/send-now", () =>
        problem(409, "scheduled_not_waiting", "Это сообщение уже отправлено или отменено"),
      ),
    );
    show(makeScheduled());

    await userEvent.click(await screen.findByRole("button", { name: "Отправить сейчас" }));

    expect(await screen.findByText(/уже отправлено или отменено/)).toBeVisible();
  });
});
