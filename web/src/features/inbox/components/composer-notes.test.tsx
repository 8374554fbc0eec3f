import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { Composer } from "./composer";

const talk = { id: "conversation-1", mode: "manager" } as const;

function show() {
  return renderPart(<Composer conversation={makeConversation(talk)} onSent={() => {}} />);
}

/** The server's answer to a note is given when the test says so. */
function holdNotes() {
  const asked: string[] = [];
  let answer = (_response: Response) => {};
  server.use(
    http.post("*/conversations/:id/notes", async ({ request }) => {
      asked.push(((await request.json()) as { text: string }).text);
      return new Promise<Response>((resolve) => {
        answer = resolve;
      });
    }),
  );
  return {
    asked,
    accept: () => answer(HttpResponse.json(makeMessage({ type: "note" }), { status: 201 })),
    refuse: () => answer(problem(409, "refused", "Чат удалён")),
  };
}

async function writeNote(text: string) {
  await userEvent.click(screen.getByRole("button", { name: "Заметка" }));
  await userEvent.type(field(), text);
}

function field() {
  return screen.getByRole("textbox");
}

function isNote() {
  return screen.getByRole("button", { name: "Заметка" }).getAttribute("aria-pressed") === "true";
}

describe("a note that is being written", () => {
  it("is still a note after another talk was opened, and never goes to the server", async () => {
    const saved = vi.fn();
    server.use(
      http.put("*/conversations/:id/draft", async ({ request }) => {
        saved(await request.json());
        return HttpResponse.json({ text: "", saved_at: null, replaced: null });
      }),
    );
    const { unmount } = show();
    await writeNote("Торгуется до 480");
    unmount();

    show();
    expect(isNote()).toBe(true);
    expect(field()).toHaveValue("Торгуется до 480");

    await userEvent.click(screen.getByRole("button", { name: "Ответ" }));
    expect(field()).toHaveValue("");
    await userEvent.type(field(), "Да");
    await vi.waitFor(() => expect(saved).toHaveBeenCalled());
    expect(saved.mock.calls).toEqual([[{ text: "Да", based_on: null }]]);
  });

  it("leaves the field when it is saved, though the talk was left before the answer", async () => {
    const notes = holdNotes();
    const { unmount } = show();
    await writeNote("Минимум 480{Enter}");
    await vi.waitFor(() => expect(notes.asked).toEqual(["Минимум 480"]));
    unmount();
    notes.accept();
    show();

    await vi.waitFor(() => expect(isNote()).toBe(false));
    expect(field()).toHaveValue("");
    await userEvent.click(screen.getByRole("button", { name: "Заметка" }));
    expect(field()).toHaveValue("");
  });

  it("keeps what is typed while it is being saved, and is not saved twice", async () => {
    const notes = holdNotes();
    show();
    await writeNote("Минимум 480{Enter}");
    await vi.waitFor(() => expect(notes.asked).toHaveLength(1));
    await userEvent.type(field(), ", не ниже{Enter}");
    expect(notes.asked).toHaveLength(1);
    notes.accept();

    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Сохранить" })).toBeEnabled());
    expect(isNote()).toBe(true);
    expect(field()).toHaveValue("Минимум 480, не ниже");
  });

  it("comes back before what was typed since, when it could not be saved", async () => {
    const notes = holdNotes();
    show();
    await writeNote("Минимум 480{Enter}");
    await vi.waitFor(() => expect(notes.asked).toHaveLength(1));
    await userEvent.clear(field());
    await userEvent.type(field(), "Другое");
    notes.refuse();

    expect(await screen.findByRole("alert")).toHaveTextContent("Чат удалён");
    expect(field()).toHaveValue("Минимум 480\nДругое");
  });
});
