import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import {
  applyEventToList,
  type ConversationList,
  flattener,
  flattenList,
} from "./conversation-list";
import type { InboxEvent } from "./inbox-event";
import type { Conversation, ConversationFilter, ConversationPage } from "./types";

const openBot: ConversationFilter = { mode: "bot", status: "open" };
const openManager: ConversationFilter = { mode: "manager", status: "open" };

function at(hour: number): string {
  return `2026-11-20T${String(hour).padStart(2, "0")}:00:00Z`;
}

function talk(id: string, hour: number, over: Partial<Conversation> = {}): Conversation {
  return makeConversation({ id, last_activity_at: at(hour), ...over });
}

function page(seq: number, items: Conversation[], next: string | null = null): ConversationPage {
  return { items, next_cursor: next, seq };
}

function listOf(...pages: ConversationPage[]): ConversationList {
  return { pages, pageParams: pages.map(() => null) };
}

function event(seq: number, conversation: Conversation): InboxEvent {
  return { seq, type: "conversation.updated", conversation, before: null, message: null };
}

function ids(list: ConversationList, filter: Partial<ConversationFilter> = {}): string[] {
  return flattenList(list, filter).map(({ id }) => id);
}

describe("a list of conversations under live events", () => {
  it("replaces a conversation by a newer snapshot and moves it to the top", () => {
    const list = listOf(page(10, [talk("a", 12), talk("b", 11)]));

    const next = applyEventToList(list, openBot, event(11, talk("b", 13, { version: 2 })));

    expect(ids(next)).toEqual(["b", "a"]);
  });

  it("keeps what it has when the snapshot is older or the same", () => {
    const list = listOf(page(10, [talk("a", 12, { version: 5, unread_count: 0 })]));

    for (const version of [4, 5]) {
      const stale = event(11, talk("a", 13, { version, unread_count: 3 }));
      expect(flattenList(applyEventToList(list, openBot, stale))[0]?.unread_count).toBe(0);
    }
  });

  it("applies the same event once", () => {
    const list = listOf(page(10, [talk("a", 12)]));
    const created = event(11, talk("new", 13));

    const once = applyEventToList(list, openBot, created);
    const twice = applyEventToList(once, openBot, created);

    expect(ids(twice)).toEqual(["new", "a"]);
    expect(twice.pages).toEqual(once.pages);
  });

  it("moves a conversation from one column to the other", () => {
    const bot = listOf(page(10, [talk("a", 12), talk("b", 11)]));
    const manager = listOf(page(10, [talk("c", 9, { mode: "manager" })]));
    const taken = event(11, talk("b", 12, { mode: "manager", version: 2 }));

    expect(ids(applyEventToList(bot, openBot, taken))).toEqual(["a"]);
    expect(ids(applyEventToList(manager, openManager, taken))).toEqual(["b", "c"]);
  });

  it("takes a closed conversation out of the open list", () => {
    const list = listOf(page(10, [talk("a", 12)]));

    const next = applyEventToList(
      list,
      openBot,
      event(11, talk("a", 12, { status: "closed", version: 2 })),
    );

    expect(ids(next)).toEqual([]);
  });

  it("does not bring back a conversation that had left before the list was read", () => {
    const list = listOf(page(20, [talk("a", 12)]));

    const next = applyEventToList(list, openBot, event(15, talk("gone", 11, { version: 3 })));

    expect(ids(next)).toEqual(["a"]);
  });

  it("puts pinned conversations first", () => {
    const list = listOf(page(10, [talk("a", 12), talk("b", 11), talk("c", 10)]));

    const next = applyEventToList(
      list,
      openBot,
      event(11, talk("c", 10, { is_pinned: true, version: 2 })),
    );

    expect(ids(next)).toEqual(["c", "a", "b"]);
  });

  it("leaves for later what belongs below the loaded pages", () => {
    const list = listOf(page(10, [talk("a", 12), talk("b", 11)], "more"));

    const unpinned = event(11, talk("a", 3, { version: 2 }));
    const unknown = event(12, talk("old", 2));
    const next = applyEventToList(applyEventToList(list, openBot, unpinned), openBot, unknown);

    expect(ids(next)).toEqual(["b"]);
  });

  it("adds to the end when everything is loaded", () => {
    const list = listOf(page(10, [talk("a", 12)]));

    expect(ids(applyEventToList(list, openBot, event(11, talk("old", 2))))).toEqual(["a", "old"]);
  });

  it("adds the first conversation to an empty list", () => {
    expect(ids(applyEventToList(listOf(page(1, [])), openBot, event(2, talk("a", 2))))).toEqual([
      "a",
    ]);
  });

  it("shows a conversation once when it moved between the reading of two pages", () => {
    const list = listOf(
      page(20, [talk("a", 13), talk("moved", 12, { version: 2 })], "more"),
      page(10, [talk("moved", 5, { version: 1 }), talk("b", 4)]),
    );

    expect(ids(list)).toEqual(["a", "moved", "b"]);
    expect(flattenList(list)[1]?.version).toBe(2);
  });

  it("does not change at all for an event of another column", () => {
    const list = listOf(page(10, [talk("a", 12)]));
    const other = event(9, talk("c", 9, { mode: "manager" }));

    expect(applyEventToList(list, openBot, other)).toBe(list);
  });
});

describe("a narrowed list under live events", () => {
  it("lets a talk go once it is read, and takes it in when it is unread again", () => {
    const unread: ConversationFilter = { ...openBot, unread: true };
    const list = listOf(page(10, [talk("a", 12, { unread_count: 1 })]));

    const read = applyEventToList(list, unread, event(11, talk("a", 12, { version: 2 })));
    const again = event(12, talk("a", 13, { version: 3, unread_count: 1 }));

    expect(ids(read)).toEqual([]);
    expect(ids(applyEventToList(read, unread, again))).toEqual(["a"]);
  });

  it("holds those who wait", () => {
    const waiting: ConversationFilter = { ...openManager, waiting: true };
    const asks = talk("a", 12, { mode: "manager", waiting_since: at(12) });
    const answered = { ...asks, waiting_since: null, version: 2 };

    const list = applyEventToList(listOf(page(10, [])), waiting, event(11, asks));

    expect(ids(list)).toEqual(["a"]);
    expect(ids(applyEventToList(list, waiting, event(12, answered)))).toEqual([]);
  });

  it.each([
    ["user-1", ["mine"]],
    [null, ["nobodys"]],
    [undefined, ["mine", "hers", "nobodys"]],
  ])("holds the talks of whoever is asked for: %j", (id, fits) => {
    const filter = { ...openManager, ...(id !== undefined && { assignee_id: id }) };
    const talks = [
      talk("mine", 12, { mode: "manager", assignee: { id: "user-1", name: "Ирина" } }),
      talk("hers", 11, { mode: "manager", assignee: { id: "user-2", name: "Анна" } }),
      talk("nobodys", 10, { mode: "manager" }),
    ];

    const list = talks.reduce(
      (known, each, index) => applyEventToList(known, filter, event(11 + index, each)),
      listOf(page(10, [])),
    );

    expect(ids(list)).toEqual(fits);
  });

  it("holds the talks of one account", () => {
    const filter: ConversationFilter = { ...openBot, account_id: "account-1" };
    const channel = {
      account_id: "account-2",
      kind: "avito",
      name: "Вторая",
      max_text_length: 1000,
      takes_pictures: true,
    };
    const empty = listOf(page(10, []));

    expect(ids(applyEventToList(empty, filter, event(11, talk("a", 12))))).toEqual(["a"]);
    expect(ids(applyEventToList(empty, filter, event(11, talk("b", 12, { channel }))))).toEqual([]);
  });
});

describe("a list by who waits longest", () => {
  const longest: ConversationFilter = { ...openManager, sort: "waiting" };

  function waits(id: string, since: number | null, over: Partial<Conversation> = {}): Conversation {
    const waiting_since = since === null ? null : at(since);
    return talk(id, 12, { mode: "manager", waiting_since, ...over });
  }

  it("puts whoever begins to wait after those who wait, before those who do not", () => {
    const talks = [waits("a", 8), waits("b", 10), waits("c", null, { last_activity_at: at(11) })];
    const list = listOf(page(10, [...talks, waits("d", null, { last_activity_at: at(9) })]));

    const next = applyEventToList(list, longest, event(11, waits("d", 12, { version: 2 })));

    expect(ids(next, longest)).toEqual(["a", "b", "d", "c"]);
  });

  it("puts whoever is answered among those who do not wait, the latest first", () => {
    const list = listOf(page(10, [waits("a", 8), waits("b", 10), waits("c", null)]));
    const answered = waits("a", null, { last_activity_at: at(13), version: 2 });

    const next = applyEventToList(list, longest, event(11, answered));

    expect(ids(next, longest)).toEqual(["b", "a", "c"]);
  });

  it("takes no notice of pins", () => {
    const pinned = waits("b", 10, { is_pinned: true, version: 2 });
    const list = listOf(page(10, [waits("a", 8), waits("b", 10)]));

    expect(ids(applyEventToList(list, longest, event(11, pinned)), longest)).toEqual(["a", "b"]);
  });
});

describe("a list by price", () => {
  const dearest: ConversationFilter = { ...openBot, sort: "price" };

  function costs(id: string, price: number | null, over: Partial<Conversation> = {}): Conversation {
    const { listing } = talk(id, 12);
    return talk(id, 12, { listing: listing && { ...listing, price_minor: price }, ...over });
  }

  it("puts the dearest first and what has no price last, whatever is pinned", () => {
    const list = listOf(page(10, [costs("a", 900), costs("b", 100), costs("c", null)]));
    const nothing = talk("d", 13, { listing: null, is_pinned: true });

    const next = [event(11, nothing), event(12, costs("e", 500))].reduce(
      (known, each) => applyEventToList(known, dearest, each),
      list,
    );

    expect(ids(next, dearest)).toEqual(["a", "e", "b", "d", "c"]);
  });

  it("moves a talk whose listing has another price", () => {
    const list = listOf(page(10, [costs("a", 900), costs("b", 100)]));

    const next = applyEventToList(list, dearest, event(11, costs("b", 950, { version: 2 })));

    expect(ids(next, dearest)).toEqual(["b", "a"]);
  });
});

describe("the end of a loaded page", () => {
  it("keeps its last talk when that one changes in place", () => {
    const list = listOf(page(10, [talk("a", 12), talk("b", 11, { unread_count: 1 })], "more"));

    const next = applyEventToList(list, openBot, event(11, talk("b", 11, { version: 2 })));

    expect(ids(next)).toEqual(["a", "b"]);
    expect(flattenList(next)[1]?.unread_count).toBe(0);
  });

  it("takes in what stands before it, though the last talk has left", () => {
    const list = listOf(page(10, [talk("a", 12), talk("b", 9)], "more"));
    const gone = event(11, talk("b", 9, { status: "closed", version: 2 }));
    const between = event(12, talk("c", 10));
    const beyond = event(13, talk("d", 8));

    const next = [gone, between, beyond].reduce(
      (known, each) => applyEventToList(known, openBot, each),
      list,
    );

    expect(ids(next)).toEqual(["a", "c"]);
  });

  it("takes talks in again after all of a page have left", () => {
    const list = listOf(page(10, [talk("a", 12)], "more"));
    const gone = event(11, talk("a", 12, { status: "closed", version: 2 }));

    const next = applyEventToList(
      applyEventToList(list, openBot, gone),
      openBot,
      event(12, talk("b", 13)),
    );

    expect(ids(next)).toEqual(["b"]);
  });
});

describe("the rows of a list that is read again and again", () => {
  it("are the same while nothing in its pages changes, and others once something does", () => {
    const rowsOf = flattener({});
    const list = listOf(page(10, [talk("a", 12), talk("b", 11)]));
    const rows = rowsOf(list);

    const elsewhere = applyEventToList(
      list,
      openBot,
      event(11, talk("x", 13, { mode: "manager" })),
    );
    expect(elsewhere).not.toBe(list);
    expect(rowsOf(elsewhere)).toBe(rows);

    const here = applyEventToList(elsewhere, openBot, event(12, talk("c", 14)));
    expect(rowsOf(here).map(({ id }) => id)).toEqual(["c", "a", "b"]);
  });
});
