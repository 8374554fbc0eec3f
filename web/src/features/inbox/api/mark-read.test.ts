import { QueryClient } from "@tanstack/react-query";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import { meQuery } from "@/lib/current-user";
import { makeConversation, makeMe } from "@/testing/make";
import { server } from "@/testing/server";
import { markRead, openConversation } from "./mark-read";
import { conversationQuery, unreadQuery } from "./queries";

const talk = makeConversation({ id: "a", unread_count: 2 });
const marked = vi.fn<() => Response>();
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(conversationQuery("a").queryKey, talk);
  marked.mockImplementation(() => HttpResponse.json({ ...talk, unread_count: 0, version: 2 }));
  server.use(http.post("*/conversations/a/read", marked));
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  return () => vi.useRealTimers();
});

it("leaves a talk unread that was only passed", async () => {
  let isOpen = true;
  const opening = openConversation(client, "a", () => isOpen);
  await vi.advanceTimersByTimeAsync(500);
  isOpen = false;
  await vi.advanceTimersByTimeAsync(500);
  await opening;

  expect(marked).not.toHaveBeenCalled();
});

it("reads a talk that stays open, and marks where the unread began at once", async () => {
  const opening = openConversation(client, "a", () => true);
  await vi.advanceTimersByTimeAsync(10);
  expect(client.getQueryData(unreadQuery("a").queryKey)).toMatchObject({ count: 2 });
  expect(marked).not.toHaveBeenCalled();

  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  await opening;
  expect(marked).toHaveBeenCalledOnce();
});

it("asks for nothing that a viewer may not do", async () => {
  client.setQueryData(meQuery().queryKey, makeMe({ role: "viewer" }));

  await markRead(client, talk);

  expect(marked).not.toHaveBeenCalled();
});
