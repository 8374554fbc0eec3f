import { HttpResponse, http } from "msw";
import type { components } from "@/api/schema";
import { makeMe, minutesAgo } from "./make";
import { problem, server } from "./server";

type Document = components["schemas"]["DocumentRead"];

/** What the server keeps, and what it was asked to write. */
export const shelf = { documents: [] as Document[], written: [] as unknown[] };

export function makeDocument(over: Partial<Document> = {}): Document {
  const id = over.id ?? `document-${shelf.documents.length + 1}`;
  const at = minutesAgo(5);
  const text = "Доставка по Москве 500 ₽.";
  return { id, title: "Доставка", text, enabled: true, created_at: at, updated_at: at, ...over };
}

/** Answers as a server with an empty shelf. */
export function serveDocuments(): void {
  shelf.documents = [];
  shelf.written = [];
  server.use(
    http.get("*/api/v1/documents", () =>
      HttpResponse.json({
        items: shelf.documents.map(({ text, ...facts }) => ({
          ...facts,
          opening: text.slice(0, 200),
        })),
        next_cursor: null,
      }),
    ),
    http.get("*/api/v1/documents/:id", ({ params }) => {
      const found = shelf.documents.find(({ id }) => id === params.id);
      return found ? HttpResponse.json(found) : problem(404, "document_not_found", "Нет");
    }),
    http.post("*/api/v1/documents", async ({ request }) => {
      const body = (await request.json()) as Partial<Document>;
      shelf.written.push(body);
      const added = makeDocument(body);
      shelf.documents = [added, ...shelf.documents];
      return HttpResponse.json(added, { status: 201 });
    }),
    http.put("*/api/v1/documents/:id", async ({ request, params }) => {
      const body = (await request.json()) as Partial<Document>;
      shelf.written.push(body);
      shelf.documents = shelf.documents.map((one) =>
        one.id === params.id ? { ...one, ...body } : one,
      );
      return HttpResponse.json(shelf.documents.find(({ id }) => id === params.id));
    }),
    http.delete("*/api/v1/documents/:id", ({ params }) => {
      shelf.documents = shelf.documents.filter(({ id }) => id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

export function asManager(): void {
  server.use(http.get("*/api/v1/me", () => HttpResponse.json(makeMe({ role: "manager" }))));
}
