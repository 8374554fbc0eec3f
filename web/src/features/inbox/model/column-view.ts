import type { ConversationFilter, ConversationSort, Mode } from "./types";

/** How the user narrows and sorts a column; the address holds it as words with dots between. */
export interface ColumnView {
  unread: boolean;
  waiting: boolean;
  assignee: "me" | "none" | null;
  accountId: string | null;
  tagId: string | null;
  sort: ConversationSort;
}

export const wholeView: ColumnView = {
  unread: false,
  waiting: false,
  assignee: null,
  accountId: null,
  tagId: null,
  sort: "activity",
};

const tagWord = "tag-";
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What an address says; what it cannot say is as if it were not there. */
export function readView(text: unknown, mode: Mode): ColumnView {
  const words = typeof text === "string" ? text.split(".") : [];
  return {
    unread: words.includes("unread"),
    waiting: words.includes("waiting"),
    // The bot's talks are nobody's.
    assignee: mode === "bot" ? null : assigneeIn(words),
    accountId: words.find((word) => uuid.test(word)) ?? null,
    tagId: tagIn(words),
    sort: sortIn(words),
  };
}

function tagIn(words: string[]): string | null {
  const ids = words
    .filter((word) => word.startsWith(tagWord))
    .map((word) => word.slice(tagWord.length));
  return ids.find((id) => uuid.test(id)) ?? null;
}

function assigneeIn(words: string[]): ColumnView["assignee"] {
  if (words.includes("mine")) return "me";
  return words.includes("unassigned") ? "none" : null;
}

function sortIn(words: string[]): ConversationSort {
  if (words.includes("longest")) return "waiting";
  return words.includes("dearest") ? "price" : "activity";
}

/** What stands in the address; nothing for the whole column by activity. */
export function writeView(view: ColumnView): string | undefined {
  const words = [
    view.unread && "unread",
    view.waiting && "waiting",
    view.assignee === "me" && "mine",
    view.assignee === "none" && "unassigned",
    view.accountId,
    view.tagId && tagWord + view.tagId,
    view.sort === "waiting" && "longest",
    view.sort === "price" && "dearest",
  ].filter(Boolean);
  return words.length > 0 ? words.join(".") : undefined;
}

/** How many filters hide something. */
export function filtersOn({ unread, waiting, assignee, accountId, tagId }: ColumnView): number {
  return [unread, waiting, assignee, accountId, tagId].filter(Boolean).length;
}

/** Hides nothing; the order stays. */
export function cleared({ sort }: ColumnView): ColumnView {
  return { ...wholeView, sort };
}

/** The view in the words of the list, for the one who is signed in. */
export function filterOf(
  { unread, waiting, assignee, accountId, tagId, sort }: ColumnView,
  userId: string,
): Omit<ConversationFilter, "mode" | "status"> {
  return {
    ...(unread && { unread }),
    ...(waiting && { waiting }),
    ...(assignee && { assignee_id: assignee === "me" ? userId : null }),
    ...(accountId && { account_id: accountId }),
    ...(tagId && { tag_id: tagId }),
    ...(sort !== "activity" && { sort }),
  };
}
