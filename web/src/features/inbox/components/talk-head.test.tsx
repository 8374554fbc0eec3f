import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { renderPart } from "@/testing/render";
import type { Conversation } from "../model/types";
import { ActsProvider } from "./acts-provider";
import { TalkHead } from "./talk-head";

function renderHead(over: Partial<Conversation>) {
  const details = { isOpen: false, toggle: () => {} };
  const nothing = () => {};
  renderPart(
    <ActsProvider onOpen={nothing} onLeave={nothing} onPalette={nothing}>
      <TalkHead conversation={makeConversation(over)} details={details} />
    </ActsProvider>,
  );
}

it("says until when the talk is put off", () => {
  renderHead({ status: "snoozed", snoozed_until: "2099-11-21T15:12:00Z" });

  expect(screen.getByText(/^Отложен: сб, 21 нояб\., 18:12/)).toBeVisible();
});

it("says nothing of that while the talk is open", () => {
  renderHead({});

  expect(screen.queryByText(/Отложен/)).toBeNull();
});
