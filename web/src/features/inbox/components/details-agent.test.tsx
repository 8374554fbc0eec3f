import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import type { AgentStanding, Conversation } from "../model/types";
import { DetailsAgent } from "./details-agent";

function renderStanding(status: Conversation["status"], reasons: string[]) {
  const standing: AgentStanding = {
    would_answer: reasons.length === 0,
    reasons,
    replies_in_a_row: 0,
    reply_cap: 20,
    listing: null,
    documents: [],
    enabled_documents: 0,
  };
  server.use(
    http.get("*/api/v1/conversations/:id/agent", () => HttpResponse.json(standing)),
    http.get("*/api/v1/conversations/:id/turns", () => HttpResponse.json([])),
  );
  renderPart(<DetailsAgent conversation={makeConversation({ status })} />);
}

it("promises nothing for now of a closed talk, but for when the customer writes again", async () => {
  renderStanding("closed", []);

  expect(
    await screen.findByText("Чат закрыт. Когда клиент напишет снова, ассистент ответит"),
  ).toBeVisible();
  expect(screen.queryByText("Сейчас ответит сам")).toBeNull();
});

it("does not advise to return a closed talk to the bot before it is opened", async () => {
  renderStanding("closed", ["with_person"]);

  expect(await screen.findByText(/^Чат закрыт\. .* ассистент не ответит$/)).toBeVisible();
  expect(screen.getByText(/откройте чат снова и верните его боту/)).toBeVisible();
  expect(screen.queryByText(/^Чат у человека/)).toBeNull();
});

it("says of an open talk what the assistant would do now", async () => {
  renderStanding("open", ["with_person"]);

  expect(await screen.findByText("Сейчас не ответит")).toBeVisible();
  expect(screen.getByText(/^Чат у человека\. Верните его боту/)).toBeVisible();
});
