import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, it, vi } from "vitest";
import { renderPart } from "@/testing/render";
import { server } from "@/testing/server";
import { CreateInvite } from "./create-invite";

it("makes one invitation of a double click", async () => {
  const made = vi.fn();
  server.use(
    http.post("*/api/v1/invites", () => {
      made();
      return HttpResponse.json(
        { id: "invite-1", url: "http://localhost/join#1", expires_at: "2099-01-01T09:00:00Z" },
        { status: 201 },
      );
    }),
  );
  renderPart(<CreateInvite isOpen onClose={() => {}} />);
  const make = await screen.findByRole("button", { name: "Сделать ссылку" });

  make.click();
  make.click();

  expect(await screen.findByRole("textbox", { name: /Ссылка/ })).toHaveValue(
    "http://localhost/join#1",
  );
  expect(made).toHaveBeenCalledOnce();
});
