import { describe, expect, it } from "vitest";
import { event, ids, listOf, openBot, page, talk } from "@/testing/lists";
import { applyEventToList, flattener, flattenList } from "./conversation-list";

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
