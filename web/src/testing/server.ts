import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import type { components } from "@/api/schema";
import { makeMe } from "./make";

export const emptyCounts = {
  bot: { open: 0, unread: 0, waiting: 0 },
  manager: { open: 0, unread: 0, waiting: 0 },
  seq: 1,
};

export const allFine: components["schemas"]["DiagnosticsRead"] = {
  checked_at: "2026-11-20T10:00:00Z",
  version: "0.1.0",
  problems: 0,
  findings: [{ state: "fine", what: "Настройки в порядке", mend: "", place: null }],
  accounts: [],
  jobs: { waiting: 0, running: 0, dead: 0, oldest_due_at: null },
  troubles: [],
};

/** A signed-in user in an empty company; a test adds what it needs. */
export const server = setupServer(
  http.get("*/api/v1/me", () => HttpResponse.json(makeMe())),
  http.get("*/api/v1/conversations", () =>
    HttpResponse.json({ items: [], next_cursor: null, seq: 1 }),
  ),
  http.get("*/api/v1/agent", () =>
    HttpResponse.json({
      enabled: true,
      model: {
        provider: "builtin",
        name: "",
        base_url: "",
        has_key: false,
        is_from_environment: true,
      },
      instructions: "",
      debounce_s: 5,
      reply_cap: 20,
    }),
  ),
  http.post("*/api/v1/presence", () => new HttpResponse(null, { status: 204 })),
  http.get("*/api/v1/setup", () => HttpResponse.json({ is_needed: false })),
  http.get("*/api/v1/documents", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/v1/listings", () => HttpResponse.json([])),
  http.get("*/api/v1/tags", () => HttpResponse.json([])),
  http.get("*/api/v1/channel-accounts", () => HttpResponse.json([])),
  http.get("*/api/v1/drafts", () => HttpResponse.json({ items: [] })),
  http.get("*/api/v1/conversations/:id/draft", ({ params }) =>
    HttpResponse.json({ conversation_id: params.id, text: "", saved_at: null }),
  ),
  http.put("*/api/v1/conversations/:id/draft", async ({ params, request }) => {
    const { text } = (await request.json()) as { text: string };
    const savedAt = text === "" ? null : new Date().toISOString();
    return HttpResponse.json({
      conversation_id: params.id,
      text,
      saved_at: savedAt,
      replaced: null,
    });
  }),
  http.get("*/api/v1/conversations/:id/messages", () =>
    HttpResponse.json({ items: [], next_cursor: null, previous_cursor: null, seq: 1 }),
  ),
  http.get("*/api/v1/conversations/:id/scheduled", () =>
    HttpResponse.json({ items: [], version: 0 }),
  ),
  http.get("*/api/v1/reply-templates", () => HttpResponse.json({ items: [] })),
  http.get("*/api/v1/diagnostics", () => HttpResponse.json(allFine)),
  http.get("*/api/v1/jobs/dead", () => HttpResponse.json([])),
  http.get("*/api/v1/conversations/counts", () => HttpResponse.json(emptyCounts)),
);

export function problem(status: number, code: string, title: string, detail?: string) {
  return HttpResponse.json({ type: "about:blank", title, status, code, detail }, { status });
}
