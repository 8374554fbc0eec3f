import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, bodyOf } from "@/lib/api-client";
import { useCreation } from "@/lib/use-creation";
import type { TemplateFields } from "../model/types";

const minuteMs = 60_000;

/** All templates of the company; no event tells of a change, so they are asked for now and then. */
export function templatesQuery() {
  return queryOptions({
    queryKey: ["templates"],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET("/api/v1/reply-templates", { signal }))).items,
    staleTime: minuteMs,
  });
}

/** With an id it replaces that template. */
export function useSaveTemplate(id: string | null) {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (body: TemplateFields) =>
      id === null
        ? bodyOf(api.POST("/api/v1/reply-templates", { body }))
        : bodyOf(
            api.PUT("/api/v1/reply-templates/{template_id}", {
              params: { path: { template_id: id } },
              body,
            }),
          ),
    onSuccess: () => client.invalidateQueries(templatesQuery()),
  });
}

export function useAddTemplates() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: async (templates: TemplateFields[]) => {
      for (const body of templates) await bodyOf(api.POST("/api/v1/reply-templates", { body }));
    },
    onSettled: () => client.invalidateQueries(templatesQuery()),
  });
}

export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/api/v1/reply-templates/{template_id}", {
        params: { path: { template_id: id } },
      }),
    onSuccess: () => client.invalidateQueries(templatesQuery()),
  });
}
