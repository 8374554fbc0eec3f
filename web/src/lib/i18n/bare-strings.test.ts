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
]);

/** Attributes that people see or hear. */
const spoken = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-roledescription",
  "aria-valuetext",
  "description",
  "error",
  "label",
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
  if (node.type !== "JSXAttribute" || !isNode(node.value)) return [];
  const { name } = node.name as { name: unknown };
  return typeof name === "string" && spoken.has(name) ? textsOf(node.value) : [];
}

function keysIn(node: Node): string[] {
  if (node.type !== "CallExpression") return [];
  const callee = node.callee as Node;
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  if ((name as { name?: unknown }).name !== "t") return [];
  const [key] = node.arguments as Node[];
  if (!key || key.type === "TemplateLiteral") return []; // made at run time; its type is checked
  return textsOf(key);
}

function walk(node: Node, read: (node: Node) => string[]): string[] {
  return [...read(node), ...childrenOf(node).flatMap((child) => walk(child, read))];
}

function parsed(name: string, text: string): Node {
  return parseSync(name, text, { lang: "tsx" }).program as unknown as Node;
}

function bareIn(name: string, text: string): string[] {
  return walk(parsed(name, text), shownIn)
    .map((shown) => shown.trim())
    .filter((shown) => /\p{L}{2}/u.test(shown) && !sameEverywhere.has(shown));
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
  ])("is not mistaken in %s", (text) => {
    expect(bareIn("sample.tsx", `const part = ${text};`)).toEqual([]);
  });

  it("comes from the catalogue on every screen", () => {
    const bare = files
      .filter(({ name }) => name.endsWith(".tsx"))
      .flatMap(({ name, text }) =>
        bareIn(name, text).map((shown) => `${relative(root, join(source, name))}: ${shown}`),
      );
    expect(bare).toEqual([]);
  });

  it.each([
    ["ru", ru],
    ["en", en],
  ] as const)("has a text in %s for every key that the code names", (_language, catalogue) => {
    const known = new Set(namesOf(catalogue).map((name) => name.replace(plural, "")));
    const exact = new Set(namesOf(catalogue));
    const missing = files
      .flatMap(({ name, text }) => walk(parsed(name, text), keysIn))
      .filter((key) => !known.has(key) && !exact.has(key));
    expect(missing).toEqual([]);
  });
});
