import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeScheduled } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { pictureShelf } from "../live/picture-shelf";
import { Composer } from "./composer";

const talk = makeConversation({ id: "conversation-1", mode: "manager" });
let asked: { text: string; key: string | null }[];
let sendAt: string;
let answer: (response: Response) => void;

beforeEach(() => {
  asked = [];
  pictureShelf.clear();
  server.use(
    http.post("*/conversations/:id/scheduled", async ({ request }) => {
      const { text, send_at } = (await request.json()) as { text: string; send_at: string };
      sendAt = send_at;
      asked.push({ text, key: request.headers.get("Idempotency-Key") });
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    }),
  );
});

function show() {
  renderPart(<Composer conversation={talk} onSent={() => {}} />);
}

function field() {
  return screen.getByRole("textbox", { name: "Напишите ответ" });
}

async function chooseTomorrow(press: (button: HTMLElement) => Promise<void>) {
  await userEvent.click(screen.getByRole("button", { name: "Позже" }));
  await press(await screen.findByRole("button", { name: /^Завтра утром/ }));
}

describe("sending later", () => {
  it("takes the text at once, and once only, and leaves what is typed meanwhile", async () => {
    show();
    await userEvent.type(field(), "Ещё думаете?");
    await chooseTomorrow(async (button) => {
      button.click();
      button.click();
    });
    await vi.waitFor(() => expect(field()).toHaveValue(""));
    await userEvent.type(field(), "Другое");
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answer(HttpResponse.json(makeScheduled({ send_at: sendAt }), { status: 201 }));
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Позже" })).toBeEnabled());

    expect(field()).toHaveValue("Другое");
    expect(asked).toEqual([{ text: "Ещё думаете?", key: expect.stringMatching(/^\w{32}$/) }]);
  });

  it("gives the text back when it is refused", async () => {
    show();
    await userEvent.type(field(), "Ещё думаете?");
    await chooseTomorrow((button) => userEvent.click(button));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answer(problem(409, "conversation_closed", "Чат закрыт"));

    await vi.waitFor(() => expect(field()).toHaveValue("Ещё думаете?"));
    expect(await screen.findByText("Чат закрыт.")).toBeVisible();
  });

  it("is one reply though its answer was lost, at the time that was asked for last", async () => {
    const changed: unknown[] = [];
    server.use(
      http.patch("*/scheduled/:id", async ({ request }) => {
        changed.push(await request.json());
        return HttpResponse.json(makeScheduled());
      }),
    );
    show();
    await userEvent.type(field(), "Ещё думаете?");
    await chooseTomorrow((button) => userEvent.click(button));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    answer(HttpResponse.error());
    await vi.waitFor(() => expect(field()).toHaveValue("Ещё думаете?"));

    await chooseTomorrow((button) => userEvent.click(button));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    const first = makeScheduled({ state: "waiting", send_at: "2030-01-01T09:00:00Z" });
    answer(HttpResponse.json(first, { status: 201 }));

    await vi.waitFor(() => expect(changed).toEqual([{ send_at: expect.any(String) }]));
    expect(asked[1]).toEqual(asked[0]);
    expect(field()).toHaveValue("");
  });

  it("asks first about a variable that nobody has filled", async () => {
    show();
    await userEvent.click(field());
    await userEvent.paste("Здравствуйте, {имя}!");
    await chooseTomorrow((button) => userEvent.click(button));
    const question = await screen.findByRole("dialog", { name: "Отправить так?" });
    expect(asked).toEqual([]);

    await userEvent.click(within(question).getByRole("button", { name: "Отправить так" }));
    await vi.waitFor(() => expect(asked).toMatchObject([{ text: "Здравствуйте, {имя}!" }]));
  });

  it("is shut while pictures stand by, and says why", async () => {
    pictureShelf.putBack(talk.id, ["picture-1"]);
    show();
    await userEvent.type(field(), "Вот фото");
    const button = screen.getByRole("button", { name: "Позже" });

    expect(button).toHaveAttribute("aria-disabled", "true");
    expect(button).toHaveAttribute("title", expect.stringContaining("Уберите фото"));
    await userEvent.click(button);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
