import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";

describe("the assistant's switch", () => {
  it("keeps the focus while it is saved, so that Escape closes the panel", async () => {
    const bodies: unknown[] = [];
    server.use(
      http.put("*/api/v1/agent", async ({ request }) => {
        bodies.push(await request.json());
        return new Promise<HttpResponse<null>>(() => {});
      }),
    );
    renderApp("/inbox");
    await userEvent.click(await screen.findByRole("button", { name: "Ассистент включён" }));

    const toggle = await screen.findByRole("switch");
    await userEvent.click(toggle);
    await vi.waitFor(() => expect(bodies).toHaveLength(1));
    expect(bodies[0]).toMatchObject({ enabled: false });
    expect(toggle).toHaveFocus();
    expect(toggle).not.toBeChecked();
    await userEvent.click(toggle);
    expect(bodies).toHaveLength(1);
    await userEvent.keyboard("{Escape}");

    await vi.waitFor(() => expect(screen.queryByRole("switch")).toBeNull());
  });
});
