import { HttpResponse, http } from "msw";
import { vi } from "vitest";
import type { Conversation, makeMessage } from "./make";
import { server } from "./server";

/** Answers as a server that has this talk and no other. */
export function serveTalk(talk: Conversation, ...messages: ReturnType<typeof makeMessage>[]) {
  server.use(
    http.get("*/api/v1/conversations", ({ request }) => {
      const isIts = new URL(request.url).searchParams.get("mode") === talk.mode;
      return HttpResponse.json({ items: isIts ? [talk] : [], next_cursor: null, seq: 10 });
    }),
    http.get("*/api/v1/conversations/:id/messages", () =>
      HttpResponse.json({ items: messages, next_cursor: null, seq: 10 }),
    ),
    http.get("*/api/v1/conversations/counts", () =>
      HttpResponse.json({
        bot: { open: 128, unread: 3, waiting: 3 },
        manager: { open: 1, unread: 0, waiting: 1 },
        seq: 10,
      }),
    ),
    http.get("*/api/v1/conversations/:id", () => HttpResponse.json(talk)),
  );
}

/** Answers as a server that has these talks; the rows of the lists are drawn. */
export function serveTalks(...talks: Conversation[]) {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(700);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(300);
  server.use(
    http.get("*/api/v1/conversations", ({ request }) => {
      const asked = new URL(request.url).searchParams;
      const items = talks.filter(
        ({ mode, status }) => mode === asked.get("mode") && status === asked.get("status"),
      );
      return HttpResponse.json({ items, next_cursor: null, seq: 10 });
    }),
    http.get("*/api/v1/conversations/:id/messages", () =>
      HttpResponse.json({ items: [], next_cursor: null, seq: 10 }),
    ),
    http.get("*/api/v1/conversations/:id", ({ params }) => {
      const talk = talks.find(({ id }) => id === params.id);
      return talk ? HttpResponse.json(talk) : undefined;
    }),
  );
}
