import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { useCreation } from "@/lib/use-creation";

export type DocumentSummary = components["schemas"]["DocumentSummary"];
export type DocumentFields = components["schemas"]["DocumentUpdate"];
type Document = components["schemas"]["DocumentRead"];

const pageSize = 200;

/** All of them, so that a search by title misses none; the texts stay on the server. */
export function documentsQuery() {
  return queryOptions({
    queryKey: ["documents", "list"],
    queryFn: async ({ signal }) => {
      const documents: DocumentSummary[] = [];
      let cursor: string | null | undefined;
      do {
        const query = { limit: pageSize, ...(cursor && { cursor }) };
        const page = await bodyOf(api.GET("/api/v1/documents", { params: { query }, signal }));
        documents.push(...page.items);
        cursor = page.next_cursor;
      } while (cursor);
      return documents;
    },
    // No event tells of a change by a colleague, so coming back to the window asks anew.
    refetchOnWindowFocus: true,
  });
}

export function documentQuery(id: string) {
  return queryOptions({
    queryKey: ["documents", "one", id],
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET("/api/v1/documents/{document_id}", {
          params: { path: { document_id: id } },
          signal,
        }),
      ),
  });
}

/** Adds a document, or changes only what differs in the one that is stored now. */
export function useSaveDocument(id: string | null) {
  const client = useQueryClient();
  return useCreation({
    mutationFn: async (changes: Partial<DocumentFields>) => {
      if (id !== null) return replace(client, id, changes);
      const { title = "", text = "", enabled = true } = changes;
      return bodyOf(api.POST("/api/v1/documents", { body: { title, text, enabled } }));
    },
    onSuccess: (saved) => show(client, saved),
  });
}

export function useSwitchDocument(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) => replace(client, id, { enabled }),
    onSuccess: (saved) => show(client, saved),
  });
}

export function useDeleteDocument(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api.DELETE("/api/v1/documents/{document_id}", { params: { path: { document_id: id } } }),
    onSuccess: () => client.invalidateQueries(documentsQuery()),
  });
}

async function replace(
  client: QueryClient,
  id: string,
  changes: Partial<DocumentFields>,
): Promise<Document> {
  const { title, text, enabled } = await client.fetchQuery({ ...documentQuery(id), staleTime: 0 });
  return bodyOf(
    api.PUT("/api/v1/documents/{document_id}", {
      params: { path: { document_id: id } },
      body: { title, text, enabled, ...changes },
    }),
  );
}

function show(client: QueryClient, saved: Document): Promise<void> {
  client.setQueryData(documentQuery(saved.id).queryKey, saved);
  return client.invalidateQueries(documentsQuery());
}
