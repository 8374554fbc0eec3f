import { readDraft } from "@/lib/drafts";
import type { Thought, TryMessage } from "../api/try-agent";

export interface TryLine {
  author: "customer" | "agent";
  text: string;
  thought: Thought | null;
}

/** The server takes as many, and the newest decide. */
const most = 60;

export function talkFor(lines: TryLine[]): TryMessage[] {
  return lines
    .filter(({ text }) => text !== "")
    .slice(-most)
    .map(({ author, text }) => ({ author, text }));
}

/** What is typed in the settings beside this and not saved yet. */
export function unsavedInstructions(): string | null {
  try {
    const changes: unknown = JSON.parse(readDraft("agent") || "{}");
    const found =
      typeof changes === "object" && changes !== null && "instructions" in changes
        ? changes.instructions
        : null;
    return typeof found === "string" ? found : null;
  } catch {
    return null;
  }
}
