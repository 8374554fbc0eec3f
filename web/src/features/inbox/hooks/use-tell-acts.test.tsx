import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import { conversationQuery } from "../api/queries";
import type { Conversation } from "../model/types";
import { useTellActs } from "./use-tell-acts";

const one = makeConversation({ id: "one" });
const two = makeConversation({ id: "two" });

function Close({ talks }: { talks: Conversation[] }) {
  const { perform } = useTellActs();
  return (
    <button type="button" onClick={() => void perform(talks, { name: "close" })}>
      {talks.length}
    </button>
  );
}

async function close(...talks: Conversation[]) {
  const { client } = renderPart(<Close talks={talks} />);
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
