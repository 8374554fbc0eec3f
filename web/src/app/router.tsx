import type { QueryClient } from "@tanstack/react-query";
import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { openConversation } from "@/features/inbox/api/mark-read";
import { talkIdIn } from "@/features/inbox/model/address";
import { CrashPage } from "./routes/crash-page";
import { entryRoutes } from "./routes/entry-routes";
import { MissingPage } from "./routes/missing-page";
import { appRoute, rootRoute } from "./routes/root-routes";
import { settingsRoutes } from "./routes/settings-routes";
import { readInboxSearch } from "./search-params";

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
  validateSearch: readInboxSearch,
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
    const { conversationId: id } = params;
    const isOpen = () => talkIdIn(window.location.pathname) === id;
    if (cause !== "preload") void openConversation(context.client, id, isOpen);
  },
  component: lazyRouteComponent(() => import("./routes/talk-page"), "TalkPage"),
});

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: rootRoute.addChildren([
      ...entryRoutes,
      appRoute.addChildren([
        indexRoute,
        inboxRoute.addChildren([noTalkRoute, talkRoute]),
        settingsRoutes,
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
  interface HistoryState {
    setupCode?: string;
  }
}
