import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { meQuery } from "@/lib/current-user";
import { readAssistantSearch } from "../search-params";
import { appRoute } from "./root-routes";

const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings-page"), "SettingsPage"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./settings-page"), "SettingsIndex"),
});

const assistantRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/assistant",
  validateSearch: readAssistantSearch,
  component: lazyRouteComponent(() => import("./assistant-page"), "AssistantPage"),
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

const tagsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/tags",
  component: lazyRouteComponent(() => import("./tags-page"), "TagsPage"),
});

export const settingsRoutes = settingsRoute.addChildren([
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
]);
