import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPart } from "@/testing/render";
import type { ChannelAccount } from "../api/queries";
import { AccountActs } from "./account-acts";

const account = {
  id: "account-1",
  state: "connected",
  webhook_subscribed_at: "2026-11-20T10:00:00Z",
} as ChannelAccount;

it("keeps the focus where the question was asked and answered", async () => {
  renderPart(<AccountActs account={account} />);

  await userEvent.click(screen.getByRole("button", { name: "Отключить" }));
  expect(screen.getByRole("button", { name: "Отключить" })).toHaveFocus();
  await userEvent.click(screen.getByRole("button", { name: "Отмена" }));

  expect(screen.getByRole("button", { name: "Отключить" })).toHaveFocus();
});
