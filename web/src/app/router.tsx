import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { openConversation } from "@/features/inbox/api/mark-read";
import { readView, writeView } from "@/features/inbox/model/column-view";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { CrashPage } from "./routes/crash-page";
import { MissingPage } from "./routes/missing-page";

interface RouterContext {
  client: QueryClient;
}

export interface InboxSearch {
  /** The column that a narrow screen shows. */
  tab?: "manager";
  /** Columns that show their closed talks. */
  bot?: "closed";
  manager?: "closed";
  /** How the columns are narrowed and sorted. */
  botView?: string | undefined;
  managerView?: string | undefined;
}

export interface AssistantSearch {
  /** The document that is open: its id, or "new". */
  document?: string;
  /** The pane that a narrow screen shows. */
  tab?: "settings";
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  // What is left out here comes through as it was given; only a value of ours takes its place.
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: isOwnPath(search.next) ? search.next : undefined,
  }),
  component: lazyRouteComponent(() => import("./routes/login-page"), "LoginPage"),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery());
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: "/login", search: { next: location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import("./routes/app-page"), "AppPage"),
});

const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox", replace: true });
  },
});

const inboxRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/inbox",
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(search.tab === "manager" && { tab: "manager" }),
    ...(search.bot === "closed" && { bot: "closed" }),
    ...(search.manager === "closed" && { manager: "closed" }),
    botView: writeView(readView(search.botView, "bot")),
    managerView: writeView(readView(search.managerView, "manager")),
  }),
  component: lazyRouteComponent(() => import("./routes/inbox-page"), "InboxPage"),
});

const noTalkRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/talk-page"), "NoTalkPage"),
});

const talkRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "$conversationId",
  loader: ({ context, params, cause }) => {
    if (cause !== "preload") void openConversation(context.client, params.conversationId);
  },
  component: lazyRouteComponent(() => import("./routes/talk-page"), "TalkPage"),
});

const assistantRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings/assistant",
  validateSearch: (search: Record<string, unknown>): AssistantSearch => ({
    ...(typeof search.document === "string" && { document: search.document }),
    ...(search.tab === "settings" && { tab: "settings" }),
  }),
  component: lazyRouteComponent(() => import("./routes/assistant-page"), "AssistantPage"),
});

function isOwnPath(value: unknown): value is string {
  if (typeof value !== "string" || !value.startsWith("/")) return false;
  // As browsers read it: a backslash is a slash to them, a tab is nothing.
  const { origin } = window.location;
  return URL.canParse(value, origin) && new URL(value, origin).origin === origin;
}

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      loginRoute,
      appRoute.addChildren([
        indexRoute,
        inboxRoute.addChildren([noTalkRoute, talkRoute]),
        assistantRoute,
      ]),
    ]),
    context: { client },
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: MissingPage,
    defaultPendingMs: 400,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
