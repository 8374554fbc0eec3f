import { describe, expect, it } from "vitest";
import { searchTemplates, slashAt } from "./template-search";
import type { Template } from "./types";

function make(shortcut: string, title: string, text: string): Template {
  return { id: shortcut, shortcut, title, text, created_at: "", updated_at: "" };
}

describe("a shortcut that is being typed", () => {
  it.each([
    ["/", 1, { start: 0, end: 1, query: "" }],
    ["/цен", 4, { start: 0, end: 4, query: "цен" }],
    ["Да, /Адр", 8, { start: 4, end: 8, query: "адр" }],
    ["Да,\n/ад и дальше", 7, { start: 4, end: 7, query: "ад" }],
    [".цена", 5, { start: 0, end: 5, query: "цена" }],
  ])("is found in %j", (text, cursor, slash) => {
    expect(slashAt(text, cursor)).toEqual(slash);
  });

  it.each([
    ["и/или", 5],
    ["https://avito.ru", 16],
    ["10/11", 5],
    ["/цена сегодня", 13],
    ["Да .цена", 8],
    ["...", 3],
    ["", 0],
  ])("is not found in %j", (text, cursor) => {
    expect(slashAt(text, cursor)).toBeNull();
  });
});

describe("searching templates", () => {
  const price = make("цена", "Сколько стоит", "Цена {цена}");
  const address = make("адрес", "Где мы", "Варшавское шоссе, торг на месте");
  const haggle = make("торг", "Торг", "По цене можем подвинуться");

  it("puts shortcuts before titles, and titles before texts", () => {
    expect(searchTemplates([price, address, haggle], "тор")).toEqual([haggle, address]);
    expect(searchTemplates([address, haggle, price], "Цен")).toEqual([price, haggle]);
  });

  it("shows all for nothing typed, and none for a stranger", () => {
    expect(searchTemplates([price, haggle], "")).toEqual([price, haggle]);
    expect(searchTemplates([price, haggle], "доставка")).toEqual([]);
  });
});
