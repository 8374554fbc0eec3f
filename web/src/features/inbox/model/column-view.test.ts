import { describe, expect, it } from "vitest";
import { type ColumnView, cleared, filterOf, filtersOn, readView, writeView } from "./column-view";

const account = "01935b7e-2c1f-7d3a-9a41-1f0c5d2e8b90";
const tag = "01935b7e-2c1f-7d3a-9a41-1f0c5d2e8b91";
const all: ColumnView = {
  unread: true,
  waiting: true,
  assignee: "me",
  accountId: account,
  tagId: tag,
  sort: "waiting",
};

describe("the view of a column", () => {
  it("comes back from the address as it was written", () => {
    for (const view of [
      all,
      { ...all, sort: "price" as const },
      { ...all, assignee: "none" as const, unread: false },
      cleared(all),
    ]) {
      expect(readView(writeView(view), "manager")).toEqual(view);
    }
  });

  it("writes nothing for the whole column", () => {
    expect(writeView(readView(undefined, "bot"))).toBeUndefined();
  });

  it.each([5, null, { unread: true }, "", "all", "unread,waiting", "1-2"])(
    "takes what it does not know for nothing: %j",
    (text) => {
      expect(writeView(readView(text, "manager"))).toBeUndefined();
    },
  );

  it("asks for nobody in the column of the bot", () => {
    expect(readView("mine.unread", "bot")).toMatchObject({ assignee: null, unread: true });
  });

  it("counts what hides, not the order, and clears only that", () => {
    expect(filtersOn(all)).toBe(5);
    expect(filtersOn(cleared(all))).toBe(0);
    expect(cleared(all).sort).toBe("waiting");
  });

  it("asks the list for what is on alone", () => {
    expect(filterOf(readView(undefined, "manager"), "user-1")).toEqual({});
    expect(filterOf(all, "user-1")).toEqual({
      unread: true,
      waiting: true,
      assignee_id: "user-1",
      account_id: account,
      tag_id: tag,
      sort: "waiting",
    });
  });
});
