import { describe, expect, it } from "vitest";
import { at, event, ids, listOf, openBot, openManager, page, talk } from "@/testing/lists";
import { applyEventToList } from "./conversation-list";
import type { ConversationFilter } from "./types";

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
