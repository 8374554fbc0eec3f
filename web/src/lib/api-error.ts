export interface Problem {
  code: string;
  status: number;
  title: string;
  detail: string | null;
  /** How long the server asks to wait, where it says so. */
  retryAfterS?: number | undefined;
}

/** A refusal of the server (application/problem+json), or code "network" when it was not reached. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const facts: Record<string, unknown> =
    typeof body === "object" && body !== null ? { ...body } : {};
  return {
    code: text(facts.code) ?? `http_${response.status}`,
    status: response.status,
    title: text(facts.title) ?? "",
    detail: text(facts.detail),
    retryAfterS: typeof facts.retry_after_s === "number" ? facts.retry_after_s : undefined,
  };
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 401;
}

/** Nothing stands at that address: no such thing, or what is written there is no id at all (422). */
export function isMissing(error: unknown): boolean {
  return error instanceof ApiError && [404, 422].includes(error.problem.status);
}

/** No answer at all, or the server in trouble: the outcome of a write is unknown. */
export function isUnreached(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.problem.code === "network" || error.problem.status >= 500)
  );
}

/** The server has said no: asking again changes nothing. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  const { status } = error.problem;
  return status >= 400 && status < 500;
}
