import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import en from "./en.json";
import ru from "./ru.json";

type Catalogue = { [key: string]: string | Catalogue };
const plurals: Record<string, string[]> = {
  ru: ["one", "few", "many", "other"],
  en: ["one", "other"],
};

function flatten(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(catalogue)) {
    if (typeof value === "string") flat.set(`${prefix}${key}`, value);
    else for (const [name, text] of flatten(value, `${prefix}${key}.`)) flat.set(name, text);
  }
  return flat;
}

const pluralEnding = /_(one|few|many|other)$/;
const catalogues = { ru: flatten(ru), en: flatten(en) };

function names(flat: Map<string, string>): string[] {
  return [...new Set([...flat.keys()].map((key) => key.replace(pluralEnding, "")))].sort();
}

function variables(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = ""]) => name).sort();
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

describe("the message catalogues", () => {
  it("have the same keys in both languages", () => {
    expect(names(catalogues.en)).toEqual(names(catalogues.ru));
  });

  it.each(["ru", "en"] as const)("%s has every plural form of its language", (language) => {
    const flat = catalogues[language];
    const counted = [...flat.keys()].filter((key) => pluralEnding.test(key));
    for (const key of counted) {
      const name = key.replace(pluralEnding, "");
      for (const form of plurals[language] ?? [])
        expect([...flat.keys()]).toContain(`${name}_${form}`);
    }
  });

  it("use the same variables in both languages", () => {
    for (const [key, text] of catalogues.en) {
      const other =
        catalogues.ru.get(key) ?? catalogues.ru.get(key.replace(pluralEnding, "_other"));
      expect([key, variables(text)]).toEqual([key, variables(other ?? "")]);
    }
  });

  it("have no exclamation marks", () => {
    for (const text of [...catalogues.ru.values(), ...catalogues.en.values()]) {
      expect(text).not.toContain("!");
    }
  });

  it("have no text that no screen uses", () => {
    const code = sources(join(import.meta.dirname, "../..")).join("\n");
    const unused = names(catalogues.ru).filter((name) => {
      const parts = name.split(".");
      // Keys made at run time are written as `parent.${part}` or `parent.${part}.rest`.
      const parents = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
      const isMade = parents.some((parent) => code.includes(`\`${parent}.$\{`));
      return !code.includes(`"${name}"`) && !isMade;
    });
    expect(unused).toEqual([]);
  });
});
