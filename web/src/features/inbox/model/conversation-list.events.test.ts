import { describe, expect, it } from "vitest";
import { event, ids, listOf, openBot, openManager, page, talk } from "@/testing/lists";
import { applyEventToList, flattenList } from "./conversation-list";

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

  it("keeps the newest when an older event comes for one that moved between two page reads", () => {
    const first = page(10, [talk("a", 12), talk("b", 11, { version: 4 })], "next");
    const list = listOf(first, page(20, [talk("b", 9, { version: 6 })]));

    const left = event(15, talk("b", 10, { mode: "manager", version: 5 }));
    const next = applyEventToList(list, openBot, left);

    expect(ids(next)).toEqual(["a", "b"]);
  });

  it("does not change at all for an event of another column", () => {
    const list = listOf(page(10, [talk("a", 12)]));
    const other = event(9, talk("c", 9, { mode: "manager" }));

    expect(applyEventToList(list, openBot, other)).toBe(list);
  });
});
