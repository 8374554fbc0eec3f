import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { minutesAgo } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { JobsReport } from "./jobs-report";

it("runs a stopped job again once, however often it is pressed", async () => {
  const retried = vi.fn(() => new Promise<Response>(() => {}));
  const dead = { id: 7, name: "inbox.deliver_message", attempts: 8, cause: "timeout" };
  server.use(
    http.get("*/jobs/dead", () =>
      HttpResponse.json([{ ...dead, died_at: minutesAgo(1), created_at: minutesAgo(9) }]),
    ),
    http.post("*/jobs/7/retry", retried),
  );
  renderPart(<JobsReport jobs={{ waiting: 0, running: 0, dead: 1, oldest_due_at: null }} />);
  const retry = await screen.findByRole("button", { name: "Запустить задание 7 ещё раз" });

  await userEvent.click(retry);
  await vi.waitFor(() => expect(retried).toHaveBeenCalledOnce());
  await userEvent.click(retry);

  expect(retry).toBeDisabled();
  expect(retried).toHaveBeenCalledOnce();
});
