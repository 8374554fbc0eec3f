import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { AgentStep } from "./agent-step";

const about = () => screen.getByLabelText("Что стоит знать покупателю");

describe("what the shop says of itself", () => {
  it("becomes one document, however often the button is pressed", async () => {
    const made = vi.fn();
    server.use(
      http.post("*/api/v1/documents", async ({ request }) => {
        made(await request.json());
        return HttpResponse.json({}, { status: 201 });
      }),
    );
    const onDone = vi.fn();
    renderPart(<AgentStep onDone={onDone} />);
    await userEvent.type(about(), "Варшавское шоссе, 125");
    const finish = screen.getByRole("button", { name: "Готово" });

    finish.click();
    finish.click();
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
    finish.click();
    await new Promise((resolve) => setTimeout(resolve, 50)); // a second one has come by then

    expect(made).toHaveBeenCalledExactlyOnceWith({
      title: "О магазине",
      text: "Варшавское шоссе, 125",
      enabled: true,
    });
    expect(onDone).toHaveBeenCalledOnce();
  });

  it("is still there after a reload, until it is saved", async () => {
    server.use(http.post("*/api/v1/documents", () => HttpResponse.json({}, { status: 201 })));
    const onDone = vi.fn();
    const { unmount } = renderPart(<AgentStep onDone={onDone} />);
    await userEvent.type(about(), "Торг уместен");
    unmount();

    const again = renderPart(<AgentStep onDone={onDone} />);
    expect(about()).toHaveValue("Торг уместен");
    await userEvent.click(screen.getByRole("button", { name: "Готово" }));
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
    again.unmount();

    renderPart(<AgentStep onDone={onDone} />);
    expect(about()).toHaveValue("");
  });
});
