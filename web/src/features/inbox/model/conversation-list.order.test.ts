import { describe, expect, it } from "vitest";
import { at, event, ids, listOf, openBot, openManager, page, talk } from "@/testing/lists";
import { applyEventToList } from "./conversation-list";
import type { Conversation, ConversationFilter } from "./types";

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
