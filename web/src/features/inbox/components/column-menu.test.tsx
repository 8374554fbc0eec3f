import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { FakeEventSource } from "@/testing/fake-event-source";
import { type Conversation, makeConversation } from "@/testing/make";
import { renderApp, renderPart } from "@/testing/render";
import { emptyCounts, server } from "@/testing/server";
import { readView } from "../model/column-view";
import { ColumnMenu } from "./column-menu";

const accounts = [
  { id: "01935b7e-2c1f-7d3a-9a41-1f0c5d2e8b90", name: "Автодвор" },
  { id: "01935b7e-2c1f-7d3a-9a41-1f0c5d2e8b91", name: "Автодвор Север" },
];

function serve(...talks: Conversation[]): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get("*/api/v1/conversations", ({ request }) => {
      const query = new URL(request.url).searchParams;
      asked.push(query);
      const items = talks.filter(
        (talk) =>
          talk.mode === query.get("mode") &&
          (query.get("unread") !== "true" || talk.unread_count > 0),
      );
      return HttpResponse.json({ items, next_cursor: null, seq: 10 });
    }),
  );
  return asked;
}

describe("the menu of a column", () => {
  it("says what is on, by name", () => {
    const view = readView("unread.waiting.longest", "bot");
    renderPart(<ColumnMenu mode="bot" view={view} onView={() => {}} accounts={[]} />);

    expect(
      screen.getByRole("button", {
        name: "Фильтр: Бот, включено 2, Сначала кто дольше ждёт",
      }),
    ).toHaveTextContent("Фильтр2");
  });

  it("is worked by the keyboard alone", async () => {
    const onView = vi.fn();
    const view = readView("mine", "manager");
    renderPart(<ColumnMenu mode="manager" view={view} onView={onView} accounts={accounts} />);

    await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    const unread = await screen.findByRole("menuitemcheckbox", { name: "Непрочитанные" });
    expect(screen.getByRole("menuitemradio", { name: "Я" })).toBeChecked();
    act(() => unread.focus());
    await userEvent.keyboard("{Enter}");
    expect(onView).toHaveBeenLastCalledWith({ ...view, unread: true });
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");

    expect(onView).toHaveBeenLastCalledWith({ ...view, assignee: "none" });
    await userEvent.keyboard("{Escape}");
    await vi.waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  });

  it("offers the accounts where there are several", async () => {
    const onView = vi.fn();
    const view = readView(undefined, "bot");
    renderPart(<ColumnMenu mode="bot" view={view} onView={onView} accounts={accounts} />);

    await userEvent.click(screen.getByRole("button", { name: "Фильтр: Бот" }));
    const group = await screen.findByRole("group", { name: "Аккаунт" });
    await userEvent.click(within(group).getByRole("menuitemradio", { name: "Автодвор Север" }));

    expect(onView).toHaveBeenLastCalledWith({ ...view, accountId: accounts[1]?.id });
    expect(screen.queryByRole("group", { name: "Кто ведёт" })).toBeNull();
  });
});

describe("a narrowed column", () => {
  it("keeps its filter in the address, each column its own", async () => {
    const asked = serve(
      makeConversation({ contact: contact("Прочитан") }),
      makeConversation({ contact: contact("Непрочитан"), unread_count: 1 }),
      makeConversation({ contact: contact("У человека"), mode: "manager" }),
    );
    renderApp("/inbox");
    const bot = await screen.findByRole("region", { name: "Бот" });
    await userEvent.click(within(bot).getByRole("button", { name: "Фильтр: Бот" }));

    await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "Непрочитанные" }));

    await vi.waitFor(() => expect(window.location.search).toBe("?botView=unread"));
    expect(asked.at(-1)?.get("unread")).toBe("true");
    expect(asked.filter((query) => query.get("mode") === "manager")).toHaveLength(1);
  });

  it("reads the address, and says so when it hides everything", async () => {
    serve(makeConversation({ contact: contact("Прочитан") }));
    serveCount(1);
    renderApp("/inbox?botView=unread.nonsense&managerView=5");
    const bot = await screen.findByRole("region", { name: "Бот" });

    expect(await within(bot).findByText("Под фильтр ничего не подходит")).toBeVisible();
    expect(await screen.findByText("Никто не ждёт менеджера")).toBeVisible();
    expect(window.location.search).toBe("?botView=unread");

    const [cross] = within(bot).getAllByRole("button", { name: "Сбросить фильтр" });
    if (cross) await userEvent.click(cross);

    await vi.waitFor(() => expect(window.location.search).toBe(""));
    expect(within(bot).queryByText("Под фильтр ничего не подходит")).toBeNull();
    expect(within(bot).getByRole("button", { name: "Фильтр: Бот" })).toHaveFocus();
  });

  it("blames no filter when there are no talks at all", async () => {
    serve();
    renderApp("/inbox?botView=unread");
    const bot = await screen.findByRole("region", { name: "Бот" });

    expect(await within(bot).findByText("Бот пока ни с кем не говорит")).toBeVisible();
    expect(within(bot).queryByText("Под фильтр ничего не подходит")).toBeNull();
  });

  it("takes in what fits from the stream", async () => {
    serve();
    serveCount(1);
    renderApp("/inbox?botView=unread");
    const bot = await screen.findByRole("region", { name: "Бот" });
    await within(bot).findByText("Под фильтр ничего не подходит");

    const conversation = makeConversation({ unread_count: 1 });
    act(() =>
      FakeEventSource.latest.say("conversation.updated", {
        seq: 11,
        type: "conversation.updated",
        conversation,
        before: null,
        message: null,
      }),
    );

    await vi.waitFor(() =>
      expect(within(bot).queryByText("Под фильтр ничего не подходит")).toBeNull(),
    );
  });
});

function serveCount(open: number): void {
  const bot = { ...emptyCounts.bot, open };
  server.use(
    http.get("*/api/v1/conversations/counts", () => HttpResponse.json({ ...emptyCounts, bot })),
  );
}

function contact(name: string): Conversation["contact"] {
  return { id: name, name, avatar_url: null, is_blocked: false };
}
