import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { describe, expect, it, vi } from "vitest";
import { makeMe } from "@/testing/make";
import { renderPart } from "@/testing/render";
import { problem, server } from "@/testing/server";
import type { Template, TemplateFields } from "../model/types";
import { Templates } from "./templates";

const stamps = { created_at: "2026-11-21T09:00:00Z", updated_at: "2026-11-21T09:00:00Z" };

/** A server that keeps templates. */
function serve(...kept: TemplateFields[]) {
  let templates: Template[] = kept.map((each, index) => ({ id: `${index}`, ...each, ...stamps }));
  let made = kept.length;
  server.use(
    http.get("*/api/v1/reply-templates", () => HttpResponse.json({ items: templates })),
    http.post("*/api/v1/reply-templates", async ({ request }) => {
      const body = (await request.json()) as TemplateFields;
      if (templates.some(({ shortcut }) => shortcut === body.shortcut)) {
        return problem(409, "shortcut_taken", "Такое сокращение уже занято другим шаблоном");
      }
      made += 1;
      const template = { id: `${made}`, ...body, ...stamps };
      templates = [...templates, template];
      return HttpResponse.json(template, { status: 201 });
    }),
    http.delete("*/api/v1/reply-templates/:id", ({ params }) => {
      templates = templates.filter(({ id }) => id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

const price = { shortcut: "цена", title: "Цена", text: "{имя}, цена {цена}" };

describe("the templates page", () => {
  it("offers starters where there is nothing yet", async () => {
    serve();
    renderPart(<Templates />);

    await userEvent.click(await screen.findByRole("button", { name: "Добавить 5 готовых" }));

    const list = await screen.findByRole("list", { name: "Шаблоны ответов" });
    await vi.waitFor(() => expect(within(list).getAllByRole("listitem")).toHaveLength(5));
  });

  it("adds one with variables by buttons and shows how the customer will see it", async () => {
    serve(price);
    renderPart(<Templates />);
    await userEvent.click(await screen.findByRole("button", { name: "Добавить шаблон" }));
    const form = await screen.findByRole("dialog", { name: "Новый шаблон" });

    await userEvent.type(within(form).getByLabelText("Название"), "Осмотр");
    await userEvent.type(within(form).getByLabelText("Сокращение"), "/цена");
    await userEvent.click(within(form).getByRole("button", { name: "имя" }));
    await userEvent.type(within(form).getByLabelText("Текст"), ", приезжайте");
    expect(screen.getByRole("region", { name: "Так увидит клиент" })).toHaveTextContent(
      "Сергей, приезжайте",
    );
    await userEvent.click(within(form).getByRole("button", { name: "Сохранить" }));
    expect(await within(form).findByRole("alert")).toHaveTextContent("уже занято");

    await userEvent.type(within(form).getByLabelText("Сокращение"), "2");
    await userEvent.click(within(form).getByRole("button", { name: "Сохранить" }));
    expect(await screen.findByText("/цена2")).toBeVisible();
  });

  it("deletes at once and takes it back", async () => {
    serve(price);
    renderPart(<Templates />);

    await userEvent.click(await screen.findByRole("button", { name: "Удалить шаблон «Цена»" }));
    await vi.waitFor(() => expect(screen.queryByText("/цена")).toBeNull());
    await userEvent.click(await screen.findByRole("button", { name: "Вернуть" }));

    expect(await screen.findByText("/цена")).toBeVisible();
  });

  it("shows who only answers the templates and no acts", async () => {
    serve(price);
    renderPart(<Templates />, makeMe({ role: "manager" }));

    expect(await screen.findByText("/цена")).toBeVisible();
    expect(screen.queryByRole("button", { name: /Добавить|Удалить/ })).toBeNull();
  });
});
