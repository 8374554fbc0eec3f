import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { serveTalks } from "@/testing/serve-talk";
import { server } from "@/testing/server";

const talk = (id: string, name: string, mode: "bot" | "manager" = "bot") =>
  makeConversation({ id, mode, contact: { id, name, avatar_url: null, is_blocked: false } });
const bots = [talk("a", "Анна"), talk("b", "Борис"), talk("c", "Вера")];
const own = talk("o", "Олег", "manager");
const bar = () => screen.queryByRole("toolbar", { name: "Действия с выбранными чатами" });

const asked = vi.fn();

beforeEach(() => {
  asked.mockReset();
  serveTalks(...bots, own);
  server.use(
    http.post("*/api/v1/conversations/:id/:act", ({ params }) => {
      asked(params.id, params.act);
      const known = [...bots, own].find(({ id }) => id === params.id);
      return HttpResponse.json({ ...known, status: "closed", version: 2 });
    }),
    http.get("*/api/v1/search", () =>
      HttpResponse.json({
        items: bots.map((conversation) => ({ conversation, hits: [] })),
        next_cursor: null,
        indexing: null,
      }),
    ),
  );
});

async function choose(...names: string[]): Promise<void> {
  for (const one of names) {
    fireEvent.click(await screen.findByRole("checkbox", { name: `Выбрать чат: ${one}` }));
  }
  await vi.waitFor(() => expect(bar()).toHaveTextContent(/Выбран/));
}

function press(code: string): void {
  fireEvent.keyDown(document.body, { code, key: code.replace("Key", "").toLowerCase() });
}

it("ends with the search, which hides the chosen rows", async () => {
  const { router } = renderApp("/inbox");
  await choose("Анна", "Борис");

  await act(() => router.navigate({ to: "/inbox", search: { q: "анна" } }));
  await screen.findByRole("region", { name: "Результаты поиска" });
  press("KeyE");
  await act(() => router.navigate({ to: "/inbox" }));
  await screen.findByRole("checkbox", { name: "Выбрать чат: Анна" });

  expect(bar()).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

it.each([{ bot: "closed" as const }, { botView: "unread" }])(
  "ends as soon as its column shows other rows: %o",
  async (search) => {
    const { router } = renderApp("/inbox");
    await choose("Анна");

    await act(() => router.navigate({ to: "/inbox", search }));
    await vi.waitFor(() => expect(bar()).toBeNull());
    await act(() => router.navigate({ to: "/inbox" }));
    await screen.findByRole("checkbox", { name: "Выбрать чат: Анна" });

    expect(bar()).toBeNull();
  },
);

it("stays when the other column shows other rows", async () => {
  const { router } = renderApp("/inbox");
  await choose("Анна");

  await act(() => router.navigate({ to: "/inbox", search: { manager: "closed" } }));

  expect(bar()).toHaveTextContent("Выбран 1 чат");
});

it("ends on a narrow screen with the switch to the other column", async () => {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) =>
      ({
        matches: query.includes("1079px"),
        media: query,
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as unknown as MediaQueryList,
  );
  const { router } = renderApp("/inbox");
  await choose("Анна");

  await act(() => router.navigate({ to: "/inbox", search: { tab: "manager" } }));
  await screen.findByRole("checkbox", { name: "Выбрать чат: Олег" });
  press("KeyE");
  await act(() => router.navigate({ to: "/inbox" }));
  await screen.findByRole("checkbox", { name: "Выбрать чат: Анна" });

  expect(bar()).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

it("loses the rows that an act has taken out of the column", async () => {
  renderApp("/inbox");
  await choose("Анна");

  press("KeyE");

  await vi.waitFor(() => expect(asked).toHaveBeenCalledExactlyOnceWith("a", "close"));
  expect(bar()).toBeNull();
  await userEvent.click(await screen.findByRole("button", { name: "Отменить" }));
  await vi.waitFor(() => expect(asked).toHaveBeenCalledWith("a", "reopen"));
  expect(bar()).toBeNull();
});

it("walks the results of a search, not the columns behind it", async () => {
  const { router } = renderApp("/inbox?q=анна");
  const found = await screen.findByRole("region", { name: "Результаты поиска" });
  await within(found).findByRole("link", { name: /Анна/ });

  for (const [key, opened] of [
    ["KeyJ", "a"],
    ["KeyJ", "b"],
    ["KeyK", "a"],
  ] as const) {
    press(key);
    await vi.waitFor(() => expect(router.state.location.pathname).toBe(`/inbox/${opened}`));
  }
});
