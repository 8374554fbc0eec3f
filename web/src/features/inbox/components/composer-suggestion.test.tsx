import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { Composer } from "./composer";

const receipt = { sources: [], provider: "builtin", model: "", input_tokens: 0, rule: null };
let answer = () => {};
let isAsked = false;

beforeEach(() => {
  isAsked = false;
  server.use(
    http.post("*/conversations/:id/suggestion", async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
        isAsked = true;
      });
      return HttpResponse.json({ text: "Да, 520 000 ₽.", notice: null, reason: null, receipt });
    }),
  );
});

function show() {
  const talk = makeConversation({ id: "conversation-1", mode: "manager" });
  return renderPart(<Composer conversation={talk} onSent={() => {}} />);
}

function field() {
  return screen.getByRole("textbox");
}

async function ask() {
  await userEvent.click(screen.getByRole("button", { name: /Предложить/ }));
  await vi.waitFor(() => expect(isAsked).toBe(true));
}

describe("an answer that the assistant suggests", () => {
  it("takes the place of what stood there when it was asked for, which can be had back", async () => {
    show();
    await userEvent.type(field(), "Мазда");
    await ask();
    answer();

    await vi.waitFor(() => expect(field()).toHaveValue("Да, 520 000 ₽."));
    await userEvent.click(screen.getByRole("button", { name: "Вернуть мой текст" }));
    expect(field()).toHaveValue("Мазда");
  });

  it("stands by while one goes on writing, to be put in by hand", async () => {
    show();
    await ask();
    await userEvent.type(field(), "Здравствуйте! ");
    answer();

    expect(await screen.findByText("Да, 520 000 ₽.")).toBeVisible();
    expect(field()).toHaveValue("Здравствуйте! ");
    await userEvent.click(screen.getByRole("button", { name: "Вставить" }));
    expect(field()).toHaveValue("Здравствуйте! Да, 520 000 ₽.");
  });

  it("does not get into a note", async () => {
    const { client } = show();
    await ask();
    await userEvent.click(screen.getByRole("button", { name: "Заметка" }));
    answer();
    await vi.waitFor(() => expect(client.isMutating()).toBe(0));
    expect(field()).toHaveValue("");
    await userEvent.click(screen.getByRole("button", { name: "Ответ" }));

    expect(await screen.findByRole("button", { name: "Вставить" })).toBeVisible();
    expect(field()).toHaveValue("");
  });
});
