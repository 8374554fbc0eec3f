import i18n from "i18next";
import { describe, expect, it } from "vitest";
import { makeConversation } from "@/testing/make";
import { lastWords } from "./last-words";
import type { Conversation } from "./types";

const farewell: Conversation["last_message"] = {
  id: "farewell",
  author: "bot",
  author_name: null,
  type: "text",
  text: "Здравствуйте. Вопрос о цене решает менеджер.",
  sent_at: "2026-11-20T10:00:00Z",
  status: "sent",
};

function words(over: Partial<Conversation>, { reason = "bargaining", wants = "" } = {}): string {
  const handover = {
    reason,
    brief: { wants, promised: "", next: "" },
    at: "2026-11-20T10:00:00Z",
  };
  const talk = makeConversation({
    mode: "manager",
    waiting_since: "2026-11-20T10:00:00Z",
    last_message: farewell,
    handover,
    ...over,
  });
  return lastWords(talk, "Ирина", i18n.t);
}

describe("the last words of a row", () => {
  it("say why a person is awaited, in place of the bot's farewell", () => {
    expect(words({}, { wants: "Отдадите за 480?" })).toBe("торг: Отдадите за 480?");
    expect(words({})).toBe("торг");
    expect(words({}, { reason: "from_a_newer_server", wants: "Скидка?" })).toBe("Скидка?");
  });

  it("are the bot's where nobody knows why, or nobody waits", () => {
    expect(words({}, { reason: "from_a_newer_server" })).toMatch(/^Бот: Здравствуйте/);
    expect(words({ waiting_since: null })).toMatch(/^Бот: Здравствуйте/);
    expect(words({ handover: null })).toMatch(/^Бот: Здравствуйте/);
  });

  it("are the customer's once the customer has written again", () => {
    const again = { ...farewell, author: "customer" as const, text: "Ну что там?" };
    expect(words({ last_message: again })).toBe("Ну что там?");
  });
});
