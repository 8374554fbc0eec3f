import "@testing-library/jest-dom/vitest";
import { notifications } from "@mantine/notifications";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { forgetReplyDrafts } from "@/features/inbox/api/reply-drafts";
import { startI18n } from "@/lib/i18n/i18n";
import { FakeEventSource } from "./fake-event-source";
import { server } from "./server";

// The first test of a file waits for its screens to be compiled.
configure({ asyncUtilTimeout: 5000 });

beforeAll(async () => {
  server.listen({ onUnhandledFrame: "error" });
  await startI18n();
});

beforeEach(() => {
  vi.stubGlobal("EventSource", FakeEventSource);
  FakeEventSource.opened = [];
});

afterEach(() => {
  cleanup();
  notifications.clean();
  server.resetHandlers();
  sessionStorage.clear();
  forgetReplyDrafts();
  localStorage.clear();
});

afterAll(() => server.close());

// What jsdom lacks and the components ask for.
class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
vi.stubGlobal("ResizeObserver", NoObserver);
window.matchMedia = (query) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => {},
    removeEventListener: () => {},
  }) as unknown as MediaQueryList;
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
Object.defineProperty(document, "fonts", { value: new EventTarget() });
