import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "@/api/schema";
import { ApiError, problemOf } from "./api-error";

// One sentence for both kinds of failure: the server said no, or nobody answered.
const raiseProblems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw new ApiError(await problemOf(response));
    return response;
  },
  onError({ error }) {
    return new ApiError({ code: "network", status: 0, title: "", detail: String(error) });
  },
};

export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: "same-origin",
  fetch: (request) => globalThis.fetch(request),
});
api.use(raiseProblems);

/** The answer's body. Refusals have been thrown as ApiError before this point. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) {
    throw new ApiError({ code: "empty_answer", status: 0, title: "", detail: null });
  }
  return data;
}
