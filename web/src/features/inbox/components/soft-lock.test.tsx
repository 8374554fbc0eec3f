import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { createPresenceReader } from "../live/presence-reader";
import type { Present } from "../model/presence";
import { Composer } from "./composer";

const irinaTypes: Present = {
  user_id: "irina",
  name: "Ирина",
  conversation_id: "conversation-1",
  state: "typing",
  since: "2026-01-01T10:00:00+00:00",
};

function show() {
  const sent: unknown[] = [];
  server.use(
    http.post("*/conversations/:id/messages", async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ items: [makeMessage({ direction: "out" })] }, { status: 201 });
    }),
  );
  const conversation = makeConversation({ id: "conversation-1", mode: "manager" });
  const { client } = renderPart(<Composer conversation={conversation} onSent={() => {}} />);
  const reader = createPresenceReader(client);
  const hear = (...people: Present[]) =>
    act(async () => {
      reader.onEvent(JSON.stringify({ people }));
      await new Promise((resolve) => setTimeout(resolve)); // the cache tells its readers later
    });
  return { hear, sent };
}

function field() {
  return screen.getByRole("textbox", { name: "Напишите ответ" });
}

describe("the soft lock of the field", () => {
  it("keeps the text, sends nothing and opens again when the colleague leaves", async () => {
    const { hear, sent } = show();
    await userEvent.type(field(), "Да, ещё");

    await hear(irinaTypes);
    expect(screen.getByText("Отвечает Ирина")).toBeVisible();
    await userEvent.type(field(), " продаём{Enter}");
    expect(field()).toHaveValue("Да, ещё");
    expect(screen.getByRole("button", { name: "Отправить" })).toBeDisabled();

    await hear();
    await userEvent.type(field(), " продаём{Enter}");
    await vi.waitFor(() => expect(sent).toMatchObject([{ text: "Да, ещё продаём" }]));
  });

  it("opens on a deliberate press of a key, until the colleague has left and come back", async () => {
    const { hear, sent } = show();
    await hear(irinaTypes);

    screen.getByRole("button", { name: "Всё равно ответить" }).focus();
    await userEvent.keyboard("{Enter}");
    await hear({ ...irinaTypes, since: "2026-01-01T10:05:00+00:00" });
    await userEvent.type(field(), "Отвечу я{Enter}");
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(screen.getByText("Ирина печатает…")).toBeVisible();

    await hear();
    await hear(irinaTypes);
    expect(screen.getByRole("button", { name: "Всё равно ответить" })).toBeVisible();
  });

  it("says who looks on without locking, and lets notes be written", async () => {
    const { hear } = show();
    await hear(
      { ...irinaTypes, state: "viewing" },
      { ...irinaTypes, user_id: "p", name: "Павел", state: "viewing" },
    );
    expect(screen.getByText("Ирина и Павел смотрят этот чат")).toBeVisible();
    expect(field()).not.toHaveAttribute("readonly");

    await hear(irinaTypes);
    expect(field()).toHaveAttribute("readonly");
    await userEvent.click(screen.getByRole("button", { name: "Заметка" }));
    expect(screen.getByRole("textbox")).not.toHaveAttribute("readonly");
  });
});
