import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { conversationQuery } from "../api/queries";
import type { Act } from "../model/act";
import type { Conversation } from "../model/types";
import { hideDone, useTellActs } from "./use-tell-acts";

const one = makeConversation({ id: "one" });
const two = makeConversation({ id: "two" });

function Perform({ talks, act }: { talks: Conversation[]; act: Act }) {
  const { perform } = useTellActs();
  return (
    <button type="button" onClick={() => void perform(talks, act)}>
      {talks.length}
    </button>
  );
}

function close(...talks: Conversation[]) {
  return perform({ name: "close" }, ...talks);
}

async function perform(act: Act, ...talks: Conversation[]) {
  const { client } = renderPart(<Perform talks={talks} act={act} />);
  for (const talk of talks) client.setQueryData(conversationQuery(talk.id).queryKey, talk);
  await userEvent.click(screen.getByRole("button"));
  return client;
}

it("does not say that nothing changed when the answer was lost, but reads the talk again", async () => {
  server.use(http.post("*/conversations/one/close", () => HttpResponse.error()));
  const client = await close(one);

  expect(await screen.findByText("Неизвестно, дошло ли. Проверяем…")).toBeVisible();
  expect(screen.queryByText(/Ничего не изменилось/)).toBeNull();
  await vi.waitFor(() =>
    expect(client.getQueryState(conversationQuery("one").queryKey)?.isInvalidated).toBe(true),
  );
});

it("says once why, and that nothing changed, when it was refused", async () => {
  server.use(http.post("*/conversations/one/close", () => problem(409, "closed", "Чат закрыт")));
  await close(one);

  expect(await screen.findByText("Чат закрыт. Ничего не изменилось.")).toBeVisible();
});

it("does not call it done when all were refused", async () => {
  const refusal = { title: "Чат закрыт", code: "closed" };
  server.use(
    http.post("*/conversations/bulk", () =>
      HttpResponse.json({
        results: ["one", "two"].map((id) => ({ id, conversation: null, refusal })),
      }),
    ),
  );
  await close(one, two);

  expect(await screen.findByText("Не получилось с 2 чатами: Чат закрыт.")).toBeVisible();
});

function serveBulk() {
  server.use(
    http.post("*/conversations/bulk", () =>
      HttpResponse.json({
        results: [one, two].map((talk) => ({ id: talk.id, conversation: talk, refusal: null })),
      }),
    ),
  );
}

it.each<[Act, string]>([
  [{ name: "take-over" }, "Взято: 2 чата"],
  [{ name: "close" }, "Закрыто: 2 чата"],
  [{ name: "reopen" }, "Открыто снова: 2 чата"],
  [{ name: "read" }, "Отмечено прочитанными: 2 чата"],
  [{ name: "assign", to: { id: "p", name: "Павел" } }, "Назначено: 2 чата, отвечает Павел"],
  [{ name: "assign", to: null }, "Снято назначение: 2 чата"],
  [{ name: "snooze", until: "2099-11-21T15:12:00Z" }, "Отложено (сб, 21 нояб., 18:12): 2 чата"],
  [{ name: "tag", tagId: "tag" }, "Метка поставлена: 2 чата"],
])("says what was done with several: %o", async (act, words) => {
  serveBulk();
  await perform(act, one, two);

  expect(await screen.findByText(words)).toBeVisible();
  hideDone();
});

it("says no more of it to whoever has left the chats", async () => {
  serveBulk();
  await close(one, two);
  expect(await screen.findByText("Закрыто: 2 чата")).toBeVisible();

  hideDone();

  await vi.waitFor(() => expect(screen.queryByText("Закрыто: 2 чата")).toBeNull());
});
