import { lengthOf } from "@/lib/text-length";

/** As the API takes them; a test holds them to its description. */
export const documentLimits = { title: 200, text: 2_000_000 } as const;

export function titleProblem(title: string): "empty" | "long" | null {
  const length = lengthOf(title.trim());
  if (length === 0) return "empty";
  return length > documentLimits.title ? "long" : null;
}

export function textProblem(text: string): "empty" | "long" | null {
  if (text.trim() === "") return "empty";
  return lengthOf(text) > documentLimits.text ? "long" : null;
}
