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
import { talkIdIn } from "@/features/inbox/model/address";
import { readView, writeView } from "@/features/inbox/model/column-view";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { applyPreferences } from "@/lib/preferences";
import { includesRole } from "@/lib/roles";
import { setupQuery } from "@/lib/setup-state";
import { CrashPage } from "./routes/crash-page";
import { MissingPage } from "./routes/missing-page";

interface RouterContext {
  client: QueryClient;
}

export interface InboxSearch {
  /** The column that a narrow screen shows. */
  tab?: "manager";
  /** Columns that show their snoozed or closed talks. */
  bot?: "snoozed" | "closed";
  manager?: "snoozed" | "closed";
  /** How the columns are narrowed and sorted. */
  botView?: string | undefined;
  managerView?: string | undefined;
  /** What is searched for; empty where the search stands open on a phone. */
  q?: string;
}

export interface AssistantSearch {
  /** The document that is open: its id, or "new". */
  document?: string;
  /** The pane that a narrow screen shows. */
  tab?: "settings" | "try";
}

export interface SetupSearch {
  step?: "channel" | "agent";
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  // What is left out here comes through as it was given; only a value of ours takes its place.
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: isOwnPath(search.next) ? search.next : undefined,
  }),
  beforeLoad: async ({ context }) => {
    if (await isSetupNeeded(context.client)) throw redirect({ to: "/setup", replace: true });
  },
  component: lazyRouteComponent(() => import("./routes/login-page"), "LoginPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: (search: Record<string, unknown>): SetupSearch => ({
    ...((search.step === "channel" || search.step === "agent") && { step: search.step }),
  }),
  beforeLoad: async ({ context, location }) => {
    // The link that the server printed ends with the code, which goes from the address bar into the
    // history entry: nobody reads it over a shoulder, and a reload still knows it.
    const setupCode = new URLSearchParams(location.hash).get("code");
    if (setupCode !== null)
      throw redirect({ to: "/setup", search: true, hash: "", state: { setupCode }, replace: true });
    const { is_needed } = await context.client.ensureQueryData(setupQuery());
    if (is_needed) return;
    try {
      const { role, preferences } = await context.client.ensureQueryData(meQuery());
      await applyPreferences(preferences);
      if (!includesRole(role, "admin")) throw redirect({ to: "/inbox", replace: true });
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: "/login", search: { next: location.href } });
      throw error;
    }
  },
  component: lazyRouteComponent(() => import("./routes/setup-page"), "SetupPage"),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context, location }) => {
    try {
      const { preferences } = await context.client.ensureQueryData(meQuery());
      await applyPreferences(preferences);
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
    ...(isPutAway(search.bot) && { bot: search.bot }),
    ...(isPutAway(search.manager) && { manager: search.manager }),
    botView: writeView(readView(search.botView, "bot")),
    managerView: writeView(readView(search.managerView, "manager")),
    // What looks like a number in the address is one here.
    ...((typeof search.q === "string" || typeof search.q === "number") && {
      q: String(search.q).slice(0, 200),
    }),
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
    const { conversationId: id } = params;
    const isOpen = () => talkIdIn(window.location.pathname) === id;
    if (cause !== "preload") void openConversation(context.client, id, isOpen);
  },
  component: lazyRouteComponent(() => import("./routes/talk-page"), "TalkPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./routes/settings-page"), "SettingsPage"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./routes/settings-page"), "SettingsIndex"),
});

const assistantRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/assistant",
  validateSearch: (search: Record<string, unknown>): AssistantSearch => ({
    ...(typeof search.document === "string" && { document: search.document }),
    ...((search.tab === "settings" || search.tab === "try") && { tab: search.tab }),
  }),
  component: lazyRouteComponent(() => import("./routes/assistant-page"), "AssistantPage"),
});

const templatesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/templates",
  component: lazyRouteComponent(() => import("@/features/inbox/components/templates"), "Templates"),
});

const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/channels",
  component: lazyRouteComponent(
    () => import("@/features/channels/components/accounts-settings"),
    "AccountsSettings",
  ),
});

const diagnosticsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/diagnostics",
  component: lazyRouteComponent(
    () => import("@/features/diagnostics/components/diagnostics"),
    "Diagnostics",
  ),
});

const developerRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/developer",
  beforeLoad: async ({ context }) => {
    const { dev_mode } = await context.client.ensureQueryData(meQuery());
    if (!dev_mode) throw redirect({ to: "/settings", replace: true });
  },
  component: lazyRouteComponent(
    () => import("@/features/developer/components/developer"),
    "Developer",
  ),
});

const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/users",
  component: lazyRouteComponent(() => import("@/features/team/components/team"), "Team"),
});

const workspaceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/workspace",
  component: lazyRouteComponent(
    () => import("@/features/workspace/components/workspace-form"),
    "WorkspaceForm",
  ),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("@/features/profile/components/profile"), "Profile"),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  component: lazyRouteComponent(() => import("./routes/invite-page"), "InvitePage"),
});

const tagsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/tags",
  component: lazyRouteComponent(() => import("./routes/tags-page"), "TagsPage"),
});

function isPutAway(value: unknown): value is "snoozed" | "closed" {
  return value === "snoozed" || value === "closed";
}

/** Unless the server says so, there is somebody who can log in. */
function isSetupNeeded(client: QueryClient): Promise<boolean> {
  return client
    .ensureQueryData(setupQuery())
    .then(({ is_needed }) => is_needed)
    .catch(() => false);
}

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
      inviteRoute,
      setupRoute,
      appRoute.addChildren([
        indexRoute,
        inboxRoute.addChildren([noTalkRoute, talkRoute]),
        settingsRoute.addChildren([
          settingsIndexRoute,
          assistantRoute,
          templatesRoute,
          channelsRoute,
          tagsRoute,
          teamRoute,
          workspaceRoute,
          profileRoute,
          diagnosticsRoute,
          developerRoute,
        ]),
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
