import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it } from "vitest";
import { makeMe } from "@/testing/make";
import { renderApp } from "@/testing/render";
import { server } from "@/testing/server";
import { sectionAt, settingsSections } from "./settings-sections";

describe("the settings", () => {
  it("open at their first section from the rail", async () => {
    renderApp("/inbox");

    await userEvent.click(await screen.findByRole("link", { name: "Настройки" }));

    const sections = await screen.findByRole("navigation", { name: "Настройки" });
    expect(within(sections).getByRole("link", { name: "Ассистент" })).toHaveAttribute(
      "aria-current",
      "page",
    );
    expect(await screen.findByRole("heading", { name: "Документы" })).toBeVisible();
    expect(document.title).toBe("Беседка: Ассистент");
  });

  it("speak of development only where the server runs for it", async () => {
    const { unmount } = renderApp("/settings/developer");
    await screen.findByRole("heading", { name: "Документы" });
    expect(screen.queryByRole("link", { name: "Разработка" })).toBeNull();
    unmount();

    server.use(http.get("*/api/v1/me", () => HttpResponse.json(makeMe({ dev_mode: true }))));
    renderApp("/settings/assistant");
    expect(await screen.findByRole("link", { name: "Разработка" })).toBeVisible();
  });

  it("show a viewer no section beyond the role", async () => {
    server.use(http.get("*/api/v1/me", () => HttpResponse.json(makeMe({ role: "viewer" }))));
    renderApp("/settings/assistant");

    const sections = await screen.findByRole("navigation", { name: "Настройки" });
    const shown = within(sections).getAllByRole("link");

    expect(shown).toHaveLength(settingsSections.filter(({ role }) => role === "viewer").length);
  });
});

describe("the section of an address", () => {
  it.each(["/settings/assistant", "/settings/assistant/"])("is found: %s", (address) => {
    expect(sectionAt(address)?.label).toBe("settings.assistant");
  });

  it.each(["/settings", "/settings/", "/settings/assistants"])("is none: %s", (address) => {
    expect(sectionAt(address)).toBeUndefined();
  });
});
