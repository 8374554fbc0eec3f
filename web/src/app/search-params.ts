import { readView, writeView } from "@/features/inbox/model/column-view";

export interface InboxSearch {
  /** The column that a narrow screen shows; without it, the one where somebody waits. */
  tab?: "bot" | "manager";
  /** Columns that show their snoozed or closed talks. */
  bot?: "snoozed" | "closed";
  manager?: "snoozed" | "closed";
  /** How the columns are narrowed and sorted. */
  botView?: string | undefined;
  managerView?: string | undefined;
  /** What is searched for; empty where the search stands open on a phone. */
  q?: string;
}

export interface AssistantSearch {
  /** The document that is open: its id, or "new". */
  document?: string;
  /** The pane that a narrow screen shows. */
  tab?: "settings" | "try";
}

export interface SetupSearch {
  step?: "channel" | "agent";
}

type Given = Record<string, unknown>;

export function readInboxSearch(search: Given): InboxSearch {
  return {
    ...((search.tab === "bot" || search.tab === "manager") && { tab: search.tab }),
    ...(isPutAway(search.bot) && { bot: search.bot }),
    ...(isPutAway(search.manager) && { manager: search.manager }),
    botView: writeView(readView(search.botView, "bot")),
    managerView: writeView(readView(search.managerView, "manager")),
    // What looks like a number in the address is one here.
    ...((typeof search.q === "string" || typeof search.q === "number") && {
      q: String(search.q).slice(0, 200),
    }),
  };
}

export function readAssistantSearch(search: Given): AssistantSearch {
  return {
    ...(typeof search.document === "string" && { document: search.document }),
    ...((search.tab === "settings" || search.tab === "try") && { tab: search.tab }),
  };
}

export function readSetupSearch(search: Given): SetupSearch {
  return { ...((search.step === "channel" || search.step === "agent") && { step: search.step }) };
}

/** What is left out here comes through as it was given; only a value of ours takes its place. */
export function readLoginSearch(search: Given): { next?: string | undefined } {
  return { next: isOwnPath(search.next) ? search.next : undefined };
}

function isPutAway(value: unknown): value is "snoozed" | "closed" {
  return value === "snoozed" || value === "closed";
}

function isOwnPath(value: unknown): value is string {
  if (typeof value !== "string" || !value.startsWith("/")) return false;
  // As browsers read it: a backslash is a slash to them, a tab is nothing.
  const { origin } = window.location;
  return URL.canParse(value, origin) && new URL(value, origin).origin === origin;
}
