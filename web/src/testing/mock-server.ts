import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { type Conversation, type Message, makeMe, makeMessage } from "./make.ts";
import { sampleConversations, sampleMessages } from "./mock-samples.ts";

// `npm run dev:mock`: the screens on made-up talks, without the real server. Never built in.
export function mockServer(): Plugin {
  const conversations = sampleConversations();
  const messages = new Map<string, Message[]>();
  const streams = new Set<ServerResponse>();
  let seq = 1000;
  let isSignedIn = true;

  function talk(id: string): Message[] {
    const known = messages.get(id) ?? sampleMessages(id);
    messages.set(id, known);
    return known;
  }

  function counted(one: Conversation) {
    return {
      mode: one.mode,
      status: one.status,
      unread_count: one.unread_count,
      waiting: one.waiting_since !== null,
    };
  }

  function change(id: string, over: Partial<Conversation>, type: string, message?: Message) {
    const index = conversations.findIndex((one) => one.id === id);
    const known = conversations[index];
    if (!known) return null;
    const next = { ...known, ...over, version: known.version + 1 };
    conversations[index] = next;
    seq += 1;
    const data = {
      seq,
      type,
      conversation: next,
      before: counted(known),
      message: message ?? null,
    };
    for (const stream of streams) {
      stream.write(`id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    }
    return next;
  }

  function post(id: string, over: Partial<Message>, type: string): Message {
    const message = makeMessage({
      conversation_id: id,
      sent_at: new Date().toISOString(),
      ...over,
    });
    talk(id).push(message);
    change(id, { last_activity_at: message.sent_at }, type, message);
    return message;
  }

  function act(id: string, name: string, body: Record<string, string>): [number, unknown] {
    const me = makeMe().user;
    const acts: Record<string, Partial<Conversation>> = {
      "take-over": { mode: "manager", assignee: { id: me.id, name: me.name } },
      "return-to-bot": { mode: "bot", assignee: null, waiting_since: null },
      close: { status: "closed" },
      reopen: { status: "open" },
      pin: { is_pinned: true },
      unpin: { is_pinned: false },
      read: { unread_count: 0 },
    };
    if (name === "messages") {
      if (body.text?.includes("ошибка")) return [503, { code: "unavailable", title: "" }];
      return [201, { items: [post(id, { direction: "out", text: body.text }, "message.queued")] }];
    }
    if (name === "notes") {
      const note = { type: "note", direction: "internal", status: "note" } as const;
      return [201, post(id, { ...note, text: body.text }, "message.noted")];
    }
    return [200, change(id, acts[name] ?? {}, "conversation.updated")];
  }

  function answer(method: string, url: URL, body: Record<string, string>): [number, unknown] {
    const [, , , first, id = "", name = ""] = url.pathname.split("/");
    if (first === "auth") isSignedIn = id === "login" && body.password === "demo";
    if (first === "auth" && id === "logout") return [204, null];
    if (!isSignedIn) return [401, { code: "signed_out", title: "Войдите" }];
    if (first === "me" || first === "auth") return [200, makeMe()];
    if (first === "channel-accounts") return [200, []];
    if (first === "presence") return [204, null];
    if (first === "documents") return [200, { items: [], next_cursor: null }];
    if (first === "agent") {
      const model = { provider: "builtin", name: "builtin", base_url: "", has_key: false };
      return [200, { enabled: true, model, instructions: "", debounce_s: 5, reply_cap: 20 }];
    }
    if (first !== "conversations") return [404, { code: "not_found", title: "Нет такого" }];
    if (id === "counts") {
      const of = (mode: string) => {
        const own = conversations.filter((one) => one.mode === mode && one.status === "open");
        return {
          open: own.length,
          unread: own.filter((one) => one.unread_count > 0).length,
          waiting: own.filter((one) => one.waiting_since !== null).length,
        };
      };
      return [200, { bot: of("bot"), manager: of("manager"), seq }];
    }
    if (id === "") {
      const offset = Number(url.searchParams.get("cursor") ?? 0);
      const own = conversations
        .filter((one) => one.mode === url.searchParams.get("mode"))
        .filter((one) => one.status === url.searchParams.get("status"))
        .sort(
          (a, b) =>
            Number(b.is_pinned) - Number(a.is_pinned) ||
            b.last_activity_at.localeCompare(a.last_activity_at),
        );
      const next = offset + 50 < own.length ? String(offset + 50) : null;
      return [200, { items: own.slice(offset, offset + 50), next_cursor: next, seq }];
    }
    if (method === "POST") return act(id, name, body);
    if (name === "messages") return [200, { items: talk(id).toReversed(), next_cursor: null, seq }];
    const found = conversations.find((one) => one.id === id);
    return found ? [200, found] : [404, { code: "not_found", title: "Чат не найден" }];
  }

  async function serve(request: IncomingMessage, response: ServerResponse, next: () => void) {
    const url = new URL(request.url ?? "/", "http://mock");
    if (!url.pathname.startsWith("/api/")) return next();
    if (url.pathname.includes("/streams/")) {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`event: stream.ready\ndata: {"seq": ${seq}}\n\n`);
      streams.add(response);
      request.on("close", () => streams.delete(response));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [status, data] = answer(request.method ?? "GET", url, text ? JSON.parse(text) : {});
    await new Promise((resolve) => setTimeout(resolve, 120));
    response.writeHead(status, { "content-type": "application/json" });
    response.end(status === 204 ? undefined : JSON.stringify(data));
  }

  return {
    name: "besedka-mock-server",
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => void serve(request, response, next));
    },
  };
}
