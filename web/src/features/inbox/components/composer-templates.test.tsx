import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import type { Conversation } from "../model/types";
import { Composer } from "./composer";

const talk = { id: "conversation-1", mode: "manager" } as const;
const stamps = { created_at: "2026-11-21T09:00:00Z", updated_at: "2026-11-21T09:00:00Z" };
const sent = vi.fn();

beforeEach(() => {
  sent.mockClear();
  server.use(
    http.get("*/api/v1/reply-templates", () =>
      HttpResponse.json({
        items: [
          { id: "1", shortcut: "адрес", title: "Где мы", text: "Варшавское ш., 125", ...stamps },
          { id: "2", shortcut: "цена", title: "Цена", text: "{имя}, цена {цена}", ...stamps },
        ],
      }),
    ),
    http.post("*/conversations/:id/messages", async ({ request }) => {
      sent(((await request.json()) as { text: string }).text);
      return HttpResponse.json({ items: [makeMessage({ direction: "out" })] }, { status: 201 });
    }),
  );
});

function show(over: Partial<Conversation> = {}) {
  const contact = { id: "c", name: "Сергей Волков", avatar_url: null, is_blocked: false };
  renderPart(
    <Composer conversation={makeConversation({ ...talk, contact, ...over })} onSent={() => {}} />,
  );
}

function field() {
  return screen.getByRole("textbox", { name: "Напишите ответ" });
}

describe("the templates in the composer", () => {
  it("are offered at a slash, narrowed by typing and put in by Enter with the talk's words", async () => {
    show();

    await userEvent.type(field(), "Добрый день. /");
    const list = await screen.findByRole("listbox", { name: "Шаблоны ответов" });
    expect(within(list).getAllByRole("option")).toHaveLength(2);
    await userEvent.type(field(), "це");
    await vi.waitFor(() => expect(within(list).getAllByRole("option")).toHaveLength(1));
    await vi.waitFor(() =>
      expect(within(list).getByRole("option")).toHaveAttribute("data-combobox-selected"),
    );
    await userEvent.keyboard("{Enter}");

    expect(field()).toHaveValue("Добрый день. Сергей, цена 520\u00a0000\u00a0₽");
    expect(sent).not.toHaveBeenCalled();
    await userEvent.keyboard("{Enter}");
    await vi.waitFor(() => expect(sent).toHaveBeenCalledOnce());
  });

  it("leave the typed words alone after Escape", async () => {
    show();

    await userEvent.type(field(), "/ц");
    await screen.findByRole("listbox", { name: "Шаблоны ответов" });
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("option")).toBeNull();
    await userEvent.keyboard("{Enter}");

    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith("/ц"));
  });

  it("open by the button, and ask before a text leaves that is not filled in", async () => {
    show({ listing: null });

    await userEvent.click(screen.getByRole("button", { name: "шаблон" }));
    await userEvent.click(await screen.findByRole("option", { name: /Цена/ }));
    expect(field()).toHaveValue("Сергей, цена {цена}");
    await userEvent.click(screen.getByRole("button", { name: "Отправить" }));

    const question = await screen.findByRole("dialog", { name: "Отправить так?" });
    expect(question).toHaveTextContent("осталось незаполненным: {цена}");
    expect(sent).not.toHaveBeenCalled();
    await userEvent.click(within(question).getByRole("button", { name: "Отправить так" }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalledWith("Сергей, цена {цена}"));
  });
});
