import { attachmentIdOf } from "./pictures";
import type { Message } from "./types";

/** What a message shows, read from its loose content. Anything odd becomes "unknown". */
export type Content =
  | { kind: "text"; text: string }
  | { kind: "image"; preview: string; full: string }
  | { kind: "voice"; transcript: string | null }
  | {
      kind: "link";
      text: string;
      url: string;
      title: string | null;
      description: string | null;
      domain: string | null;
      imageUrl: string | null;
    }
  | {
      kind: "item";
      title: string;
      priceText: string | null;
      url: string | null;
      imageUrl: string | null;
    }
  | { kind: "location"; title: string; text: string; mapUrl: string | null }
  | { kind: "call"; isMissed: boolean }
  | { kind: "appCall" }
  | { kind: "file" }
  | { kind: "video" }
  | { kind: "system"; text: string }
  | { kind: "deleted"; isRecalled: boolean }
  | { kind: "unknown"; type: string | null };

type Facts = Record<string, unknown>;

function text(facts: Facts, name: string): string | null {
  const value = facts[name];
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

/** Only addresses of the web: a customer could send "javascript:". */
export function webUrl(value: unknown): string | null {
  if (typeof value !== "string") return null;
  try {
    const url = new URL(value);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

function area(size: string): number {
  const [width = 0, height = 0] = size.split("x").map(Number);
  return width * height || 0;
}

function imageOf(content: Facts): Content {
  const sizes = typeof content.sizes === "object" && content.sizes !== null ? content.sizes : {};
  const urls = Object.entries(sizes)
    .sort(([one], [other]) => area(one) - area(other))
    .flatMap(([size, value]) => {
      const url = attachmentIdOf(value) ? String(value) : webUrl(value);
      return url === null ? [] : [{ size, url }];
    });
  const full = urls.at(-1);
  if (!full) return { kind: "unknown", type: "image" };
  const preview = urls.find(({ size }) => area(size) >= 300 * 300) ?? full;
  return { kind: "image", preview: preview.url, full: full.url };
}

function linkOf(message: Message, content: Facts): Content {
  const url = webUrl(content.url);
  if (url === null) return { kind: "text", text: message.text };
  return {
    kind: "link",
    text: message.text || url,
    url,
    title: text(content, "title"),
    description: text(content, "description"),
    domain: text(content, "domain") ?? new URL(url).hostname,
    imageUrl: webUrl(content.image_url),
  };
}

function locationOf(content: Facts): Content {
  const { lat, lon } = content;
  const isPlace = typeof lat === "number" && typeof lon === "number";
  return {
    kind: "location",
    title: text(content, "title") ?? "",
    text: text(content, "text") ?? "",
    mapUrl: isPlace ? `https://yandex.ru/maps/?pt=${lon},${lat}&z=16&l=map` : null,
  };
}

export function contentOf(message: Message): Content {
  const content: Facts = message.content;
  if (message.type === "deleted" || message.deleted_at !== null) {
    return { kind: "deleted", isRecalled: message.direction === "out" };
  }
  switch (message.type) {
    case "text":
    case "note":
      return { kind: "text", text: message.text };
    case "image":
      return imageOf(content);
    case "voice":
      return { kind: "voice", transcript: text(content, "transcript") };
    case "link":
      return linkOf(message, content);
    case "item":
      return {
        kind: "item",
        title: text(content, "title") ?? message.text,
        priceText: text(content, "price_text"),
        url: webUrl(content.url),
        imageUrl: webUrl(content.image_url),
      };
    case "location":
      return locationOf(content);
    case "call":
      return { kind: "call", isMissed: content.status === "missed" };
    case "app_call":
      return { kind: "appCall" };
    case "file":
      return { kind: "file" };
    case "video":
      return { kind: "video" };
    case "system":
      return { kind: "system", text: message.text };
    default:
      return { kind: "unknown", type: text(content, "raw_type") };
  }
}

export type TextPart = { kind: "text" | "link"; text: string };

/** Splits a text at its web addresses, so that they can be opened. */
export function linkParts(value: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of value.matchAll(/https?:\/\/[^\s<>«»"]+[^\s<>«»".,;:!?)\]]/g)) {
    if (webUrl(match[0]) === null) continue;
    if (match.index > end) parts.push({ kind: "text", text: value.slice(end, match.index) });
    parts.push({ kind: "link", text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < value.length) parts.push({ kind: "text", text: value.slice(end) });
  return parts;
}
