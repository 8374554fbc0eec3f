import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { makeMe } from "./make";

export const emptyCounts = {
  bot: { open: 0, unread: 0, waiting: 0 },
  manager: { open: 0, unread: 0, waiting: 0 },
  seq: 1,
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
  http.get("*/api/v1/documents", () => HttpResponse.json({ items: [], next_cursor: null })),
  http.get("*/api/v1/channel-accounts", () => HttpResponse.json([])),
  http.get("*/api/v1/conversations/counts", () => HttpResponse.json(emptyCounts)),
);

export function problem(status: number, code: string, title: string, detail?: string) {
  return HttpResponse.json({ type: "about:blank", title, status, code, detail }, { status });
}
