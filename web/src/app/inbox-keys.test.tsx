import { fireEvent, screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { serveTalks } from "@/testing/serve-talk";
import { server } from "@/testing/server";

const talk = (id: string, mode: "bot" | "manager" = "bot") =>
  makeConversation({
    id,
    mode,
    contact: { id, name: `Клиент ${id}`, avatar_url: null, is_blocked: false },
  });
const talks = [talk("a"), talk("b"), talk("c"), talk("d"), talk("x", "manager")];
const changes = { "take-over": { mode: "manager" }, close: { status: "closed" } } as const;

const acted = vi.fn<(id: unknown, act: unknown) => void>();
const askedNext = vi.fn<(after: string | null) => void>();
let answerNext: () => void;

beforeEach(() => {
  acted.mockReset();
  askedNext.mockReset();
  serveTalks(...talks);
  const held = new Promise<void>((resolve) => {
    answerNext = resolve;
  });
  server.use(
    http.get("*/api/v1/conversations/next-waiting", async ({ request }) => {
      askedNext(new URL(request.url).searchParams.get("after"));
      await held;
      return HttpResponse.json({ conversation: talks.find(({ id }) => id === "x") });
    }),
    http.post("*/api/v1/conversations/:id/:act", ({ params }) => {
      acted(params.id, params.act);
      const known = talks.find(({ id }) => id === params.id);
      const change = changes[params.act as keyof typeof changes];
      return HttpResponse.json({ ...known, ...change, version: 2 });
    }),
  );
});

function press(...codes: string[]): void {
  for (const code of codes) {
    fireEvent.keyDown(document.body, { code, key: code.replace("Key", "").toLowerCase() });
  }
}

async function openInbox(path: string) {
  const app = renderApp(path);
  await screen.findByRole("link", { name: /Клиент d/ });
  const at = (id: string) =>
    vi.waitFor(() => expect(app.router.state.location.pathname).toBe(`/inbox/${id}`));
  return { ...app, at };
}

describe("keys pressed one upon another", () => {
  it("move as many rows as there were", async () => {
    const { at } = await openInbox("/inbox/a");
    await at("a");

    press("KeyJ", "KeyJ");
    await at("c");
    press("KeyK", "KeyK");
    await at("a");
  });

  it("act on the talk they led to, though it is not read yet", async () => {
    const { at } = await openInbox("/inbox/a");
    await at("a");

    press("KeyJ", "KeyE");

    await vi.waitFor(() => expect(acted).toHaveBeenCalledWith("b", "close"));
    expect(acted).not.toHaveBeenCalledWith("a", "close");
  });

  it("wait for who is next and act there", async () => {
    const { at } = await openInbox("/inbox/a");
    await at("a");

    press("KeyN", "KeyN", "KeyT");
    await vi.waitFor(() => expect(askedNext).toHaveBeenCalledExactlyOnceWith("a"));
    answerNext();

    await at("x");
    await vi.waitFor(() => expect(acted).toHaveBeenCalledWith("x", "take-over"));
    expect(acted).not.toHaveBeenCalledWith("a", "take-over");
  });

  it("leave the user where a click has led meanwhile", async () => {
    const { at, router } = await openInbox("/inbox/a");
    await at("a");

    press("KeyN");
    await vi.waitFor(() => expect(askedNext).toHaveBeenCalled());
    fireEvent.click(screen.getByRole("link", { name: /Клиент c/ }));
    press("KeyT");
    await vi.waitFor(() => expect(acted).toHaveBeenCalledWith("c", "take-over"));
    answerNext();

    expect(await screen.findByRole("region", { name: "Клиент c" })).toBeVisible();
    await new Promise((resolve) => setTimeout(resolve, 100)); // the answer has come by then
    expect(router.latestLocation.pathname).toBe("/inbox/c");
  });
});

it.each([
  ["KeyE", "close"],
  ["KeyT", "take-over"],
])("goes on from the place of a row that %s took away", async (key, act) => {
  const { at } = await openInbox("/inbox/b");
  await at("b");

  press(key);
  await vi.waitFor(() => expect(acted).toHaveBeenCalledWith("b", act));
  press("KeyJ");

  await at("c");
});

describe("what a key did to one talk", () => {
  it.each([
    ["KeyT", { mode: "bot" }, "Чат теперь ваш", "return-to-bot"],
    ["KeyB", { mode: "manager" }, "Чат вернулся к боту", "assign"],
    ["KeyE", { status: "closed" }, "Чат снова открыт", "close"],
    [
      "KeyS",
      { status: "snoozed", snoozed_until: "2099-01-01T09:00:00Z" },
      "Чат вернулся в список",
      "snooze",
    ],
  ] as const)("is taken back: %s", async (key, state, words, back) => {
    const own = makeConversation({ id: "own", ...state });
    serveTalks(...talks, own);
    server.use(
      http.post("*/api/v1/conversations/own/:act", ({ params }) => {
        acted("own", params.act);
        return HttpResponse.json({ ...own, version: 2 });
      }),
    );
    const { at } = await openInbox("/inbox/own");
    await at("own");
    await screen.findByRole("button", { name: "Ещё действия" });

    press(key);
    const notice = await screen.findByRole("alert");
    expect(notice).toHaveTextContent(words);
    const undo = within(notice).getByRole("button", { name: "Отменить" });
    const takesFocus = fireEvent.mouseDown(undo); // it would be lost with the notice
    fireEvent.click(undo);

    expect(takesFocus).toBe(false);
    await vi.waitFor(() => expect(acted).toHaveBeenLastCalledWith("own", back));
  });
});

describe("the keyboard", () => {
  it.each([["KeyR"], ["Enter"]])("leads into the reply field and out of it: %s", async (code) => {
    const { at } = await openInbox("/inbox/a");
    await at("a");
    const field = await screen.findByRole("textbox", { name: /ответ/i });

    fireEvent.keyDown(document.body, { code, key: code === "Enter" ? code : "к" });
    expect(field).toHaveFocus();
    fireEvent.keyDown(field, { code: "Escape", key: "Escape" });
    expect(document.body).toHaveFocus();
    press("KeyJ");

    await at("b");
  });

  it("takes the focus along from the row that was clicked", async () => {
    const { at } = await openInbox("/inbox/a");
    const clicked = screen.getByRole("link", { name: /Клиент b/ });
    clicked.focus();
    fireEvent.click(clicked);
    await at("b");

    fireEvent.keyDown(clicked, { code: "KeyJ", key: "j" });
    await at("c");
    const next = screen.getByRole("link", { name: /Клиент c/ });
    expect(next).toHaveFocus();
    await screen.findByRole("region", { name: "Клиент c" });
    await vi.waitFor(() => expect(next).toHaveAttribute("aria-current", "page"));
    const field = screen.getByRole("textbox", { name: /ответ/i });
    fireEvent.keyDown(next, { code: "Enter", key: "Enter" });

    expect(field).toHaveFocus();
  });

  it("leads into the search for a colleague also when the colleagues come late", async () => {
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.use(
      http.get("*/api/v1/colleagues", async () => {
        await held;
        return HttpResponse.json([{ id: "user-2", name: "Павел", role: "manager" }]);
      }),
    );
    const { at } = await openInbox("/inbox/a");
    await at("a");

    press("KeyA");
    const { getByRole } = within(await screen.findByRole("dialog"));
    await vi.waitFor(() => expect(getByRole("button", { name: "Закрыть" })).toHaveFocus());
    answer();

    const search = await screen.findByPlaceholderText("Найти коллегу");
    await vi.waitFor(() => expect(search).toHaveFocus());
  });

  it("passes no more talks than can be shown while a key is held", async () => {
    const { at, router } = await openInbox("/inbox/a");
    await at("a");

    press("KeyJ");
    const held = { code: "KeyJ", key: "j", repeat: true };
    for (let times = 0; times < 3; times += 1) fireEvent.keyDown(document.body, held);
    expect(router.latestLocation.pathname).toBe("/inbox/b");

    await new Promise((resolve) => setTimeout(resolve, 160));
    fireEvent.keyDown(document.body, held);
    expect(router.latestLocation.pathname).toBe("/inbox/c");
  });
});
