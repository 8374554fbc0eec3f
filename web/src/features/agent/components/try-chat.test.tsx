import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { TryChat } from "./try-chat";

let answers: ((response: Response) => void)[];

beforeEach(() => {
  answers = [];
  server.use(
    http.post("*/agent/try", () => new Promise<Response>((resolve) => answers.push(resolve))),
  );
});

function field() {
  return screen.getByRole("textbox", { name: "Вопрос покупателя" });
}

async function ask(text: string) {
  await userEvent.type(field(), `${text}{Enter}`);
  await vi.waitFor(() => expect(answers).toHaveLength(1));
}

describe("trying the assistant", () => {
  it("stays empty when it is cleared before the answer", async () => {
    const { client } = renderPart(<TryChat />);
    await ask("Сколько стоит?");
    await userEvent.click(screen.getByRole("button", { name: "Начать сначала" }));
    answers[0]?.(HttpResponse.json({ text: "520 000 ₽", notice: null, reason: null, receipt: {} }));
    await vi.waitFor(() => expect(client.isMutating()).toBe(0));

    expect(screen.getByRole("log")).not.toHaveTextContent(/Сколько|520/);
  });

  it("keeps what is being typed when the answer fails", async () => {
    renderPart(<TryChat />);
    await ask("Сколько стоит?");
    await userEvent.type(field(), "А торг?");
    answers[0]?.(problem(503, "model_unavailable", "Модель не ответила"));

    expect(await screen.findByRole("alert")).toBeVisible();
    expect(field()).toHaveValue("Сколько стоит?\nА торг?");
  });
});
