import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { makeMessage } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { ActivityMark } from "./activity-mark";

it("says in history by its date until when a talk was put off, and by whom", () => {
  const content = { action: "snoozed", by: "Павел", until: "2026-11-21T06:00:00Z" };
  const sentAt = "2026-11-20T09:00:00Z"; // that day it was "tomorrow"
  renderPart(
    <ActivityMark
      message={makeMessage({
        type: "activity",
        author: { kind: "user", id: "user-2", name: "Павел" },
        content,
        sent_at: sentAt,
      })}
    />,
  );

  expect(
    screen.getByText(/^Чат отложен до 21 ноября, 09:00\. Кто: Павел · \d\d:\d\d$/),
  ).toBeVisible();
});
