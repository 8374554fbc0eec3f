import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { serveTalks } from "@/testing/serve-talk";
import { server } from "@/testing/server";

const talk = (id: string, name: string) =>
  makeConversation({ id, contact: { id, name, avatar_url: null, is_blocked: false } });
const near = talk("near", "Алексей");
const far = talk("far", "Марина");
const searched = vi.fn<(question: string | null) => void>();

beforeEach(() => {
  searched.mockReset();
  serveTalks(near);
  server.use(
    http.get("*/api/v1/search", ({ request }) => {
      searched(new URL(request.url).searchParams.get("q"));
      const items = [{ conversation: far, hits: [] }];
      return HttpResponse.json({ items, next_cursor: null, indexing: null });
    }),
  );
});

async function openPalette(path: string) {
  const app = renderApp(path);
  await screen.findByRole("link", { name: /Алексей/ });
  fireEvent.keyDown(document.body, { code: "KeyK", key: "k", ctrlKey: true });
  const field = await screen.findByRole("textbox", { name: /имя клиента/ });
  return { ...app, type: (value: string) => fireEvent.change(field, { target: { value } }) };
}

describe("the palette", () => {
  it("finds a talk that is not loaded, by what was said in it", async () => {
    const { type, router } = await openPalette("/inbox");

    type("торг");
    expect(await screen.findByText("Ищем…")).toBeInTheDocument();
    fireEvent.click(await screen.findByRole("button", { name: /Марина/ }));

    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/inbox/far"));
    expect(searched).toHaveBeenCalledExactlyOnceWith("торг");
  });

  it("has a button that says its key, and none on a phone", async () => {
    const { unmount } = renderApp("/inbox");
    await userEvent.hover(await screen.findByRole("button", { name: "Команды" }));
    expect(await screen.findByText("Команды (Ctrl+K)")).toBeInTheDocument();
    unmount();

    const { matchMedia } = window;
    vi.spyOn(window, "matchMedia").mockImplementation((query) => ({
      ...matchMedia(query),
      matches: query.startsWith("(max-width"),
    }));
    renderApp("/inbox");
    await screen.findByRole("link", { name: /Алексей/ });
    expect(screen.queryByRole("button", { name: "Команды" })).toBeNull();
  });

  it("leaves the columns as they are narrowed", async () => {
    const { type, router } = await openPalette("/inbox?manager=closed");

    type("алексей");
    fireEvent.click(await screen.findByRole("button", { name: /Алексей/ }));

    await vi.waitFor(() => expect(router.state.location.pathname).toBe("/inbox/near"));
    expect(router.state.location.search).toMatchObject({ manager: "closed" });
  });

  it("gathers the talks once, however much is typed", async () => {
    const { type, client } = await openPalette("/inbox");
    const gathered = vi.spyOn(client, "getQueriesData");

    for (const words of ["а", "ал", "але"]) type(words);

    expect(await screen.findByRole("button", { name: /Алексей/ })).toBeInTheDocument();
    expect(gathered).not.toHaveBeenCalled();
  });
});
