import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import ru from "./ru.json";

/** What is the same in every language. */
const sameEverywhere = new Set([
  "Ctrl K", // keys as they are written on a keyboard
  "Esc",
  "https://", // how an address begins
  "Русский", // languages, each in its own
  "English",
]);

/** Attributes and fields of objects that people see or hear. */
const spoken = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "aria-valuetext",
  "description",
  "error",
  "group",
  "label",
  "message",
  "nothingFound",
  "nothingFoundMessage",
  "placeholder",
  "text",
  "thumbLabel",
  "title",
]);

interface Node {
  type: string;
  [field: string]: unknown;
}

const root = join(import.meta.dirname, "../../..");
const source = join(root, "src");

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

/** The texts that an expression may come to, as far as they are written right there. */
function textsOf(node: Node): string[] {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap((part) => textsOf(part as Node));
    case "LogicalExpression":
      return [node.left, node.right].flatMap((part) => textsOf(part as Node));
    case "JSXText":
      return [node.value as string];
    case "JSXExpressionContainer":
      return textsOf(node.expression as Node);
    default:
      return [];
  }
}

function shownIn(node: Node): string[] {
  if (node.type === "JSXElement" || node.type === "JSXFragment") {
    return (node.children as Node[]).flatMap(textsOf);
  }
  if (node.type === "Property" && isNode(node.value)) {
    const { name, value } = node.key as { name?: unknown; value?: unknown };
    return spoken.has(String(name ?? value)) ? textsOf(node.value) : [];
  }
  if (node.type !== "JSXAttribute" || !isNode(node.value)) return [];
  const { name } = node.name as { name: unknown };
  return typeof name === "string" && spoken.has(name) ? textsOf(node.value) : [];
}

/** The keys that a call asks for; with a mark where it gives a count. */
function keysIn(node: Node): string[] {
  if (node.type !== "CallExpression") return [];
  const callee = node.callee as Node;
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  if ((name as { name?: unknown }).name !== "t") return [];
  const [key, values] = node.arguments as Node[];
  if (!key || key.type === "TemplateLiteral") return []; // made at run time; its type is checked
  const mark = values && hasCount(values) ? counted : "";
  return textsOf(key).map((text) => text + mark);
}

const counted = "#";

function hasCount(values: Node): boolean {
  if (values.type !== "ObjectExpression") return true; // made elsewhere
  return (values.properties as Node[]).some(
    (part) => part.type === "SpreadElement" || (part.key as { name?: unknown }).name === "count",
  );
}

/** What a catalogue lacks; a plural is found by its count alone. */
function missingIn(catalogue: object, keys: string[]): string[] {
  const exact = new Set(namesOf(catalogue));
  const plurals = new Set(
    [...exact].filter((name) => plural.test(name)).map((name) => name.replace(plural, counted)),
  );
  return keys.filter((key) => !plurals.has(key) && !exact.has(key.replace(counted, "")));
}

function walk(node: Node, read: (node: Node) => string[]): string[] {
  return [...read(node), ...childrenOf(node).flatMap((child) => walk(child, read))];
}

function parsed(name: string, text: string): Node {
  return parseSync(name, text, { lang: "tsx" }).program as unknown as Node;
}

/** A table may name texts that a screen then looks up. */
const textKeys = new Set(namesOf(ru));

function bareIn(name: string, text: string): string[] {
  return walk(parsed(name, text), shownIn)
    .map((shown) => shown.trim())
    .filter((shown) => /\p{L}{2}/u.test(shown) && !sameEverywhere.has(shown))
    .filter((shown) => !/^#[0-9a-f]{6}$/.test(shown) && !textKeys.has(shown));
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
  .filter((name) => !name.startsWith("testing/"))
  .map((name) => ({ name, text: readFileSync(join(source, name), "utf8") }));

function namesOf(catalogue: object, prefix = ""): string[] {
  return Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null
      ? namesOf(value, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}

const plural = /_(one|few|many|other)$/;

describe("what people read", () => {
  it.each([
    "<p>Привет</p>",
    "<p>Hello</p>",
    '<button aria-label="Close" />',
    '<input placeholder={"Имя"} />',
    "<Spotlight nothingFound='Ничего' />",
    "notifications.show({ color: 'bad', message: 'Не вышло' })",
    "[{ id: 'chats', group: 'Перейти', label: t('palette.chats') }]",
    "<p>{isOpen ? 'open' : t('closed')}</p>",
    "<p>{count > 0 && `ещё`}</p>",
  ])("is found bare in %s", (text) => {
    expect(bareIn("sample.tsx", `const part = ${text};`)).toHaveLength(1);
  });

  it.each([
    "<p>{t('app.name')}</p>",
    "<p className='wide'>· {number} / 5</p>",
    "<a href='https://example.com' rel='noopener'>{name}</a>",
    "<Menu position='bottom' title={title} />",
    "notifications.show({ color: 'bad', message: t('app.name') })",
  ])("is not mistaken in %s", (text) => {
    expect(bareIn("sample.tsx", `const part = ${text};`)).toEqual([]);
  });

  it("comes from the catalogue on every screen", () => {
    const bare = files.flatMap(({ name, text }) =>
      bareIn(name, text).map((shown) => `${relative(root, join(source, name))}: ${shown}`),
    );
    expect(bare).toEqual([]);
  });

  it("is a plural only where it is counted", () => {
    const catalogue = { left_one: "{{count}} чат", left_other: "{{count}} чата", all: "Все" };
    const keys = (call: string) => walk(parsed("sample.tsx", call), keysIn);

    expect(missingIn(catalogue, keys('t("left", { count: 2 })'))).toEqual([]);
    expect(missingIn(catalogue, keys('t("all", { count: 2 })'))).toEqual([]);
    expect(missingIn(catalogue, keys('t("left")'))).toEqual(["left"]);
    expect(missingIn(catalogue, keys('t("left", { number: 2 })'))).toEqual(["left"]);
  });

  it.each([
    ["ru", ru],
    ["en", en],
  ] as const)("has a text in %s for every key that the code names", (_language, catalogue) => {
    const keys = files.flatMap(({ name, text }) => walk(parsed(name, text), keysIn));
    expect(missingIn(catalogue, keys)).toEqual([]);
  });
});
