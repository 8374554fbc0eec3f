import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation, makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { DetailsNotes } from "./details-notes";

const talk = makeConversation({ id: "conversation-1" });
const ofMouse = window.matchMedia;
let noted: string[];
let accept = () => {};

beforeEach(() => {
  noted = [];
  server.use(
    http.get("*/contacts/:id", () => HttpResponse.json({ notes: [], talks: [] })),
    http.post("*/conversations/:id/notes", async ({ request }) => {
      noted.push(((await request.json()) as { text: string }).text);
      await new Promise<void>((resolve) => {
        accept = resolve;
      });
      return HttpResponse.json(makeMessage({ type: "note" }), { status: 201 });
    }),
  );
});

afterEach(() => {
  window.matchMedia = ofMouse;
});

function show() {
  return renderPart(<DetailsNotes conversation={talk} />);
}

function field() {
  return screen.getByRole("textbox", { name: "Новая заметка о клиенте" });
}

describe("a note begun in the details", () => {
  it("is still there when the panel is opened again", async () => {
    const { unmount } = show();
    await userEvent.type(field(), "Перезвонить");
    unmount();

    show();

    expect(field()).toHaveValue("Перезвонить");
  });

  it("leaves the field once it is saved, but not what was typed meanwhile", async () => {
    show();
    await userEvent.type(field(), "Перезвонить{Enter}");
    await vi.waitFor(() => expect(noted).toEqual(["Перезвонить"]));
    await userEvent.type(field(), " утром");
    accept();
    await vi.waitFor(() => expect(screen.getByRole("button", { name: "Сохранить" })).toBeEnabled());
    expect(field()).toHaveValue("Перезвонить утром");

    await userEvent.type(field(), "{Enter}");
    await vi.waitFor(() => expect(noted).toHaveLength(2));
    accept();
    await vi.waitFor(() => expect(field()).toHaveValue(""));
  });

  it("takes Enter for a new line on a phone", async () => {
    window.matchMedia = (query) => ({ ...ofMouse(query), matches: query === "(hover: none)" });
    show();

    await userEvent.type(field(), "Раз{Enter}два");

    expect(field()).toHaveValue("Раз\nдва");
    expect(noted).toEqual([]);
  });
});
