import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { applyPreferences } from "@/lib/preferences";

interface RouterContext {
  client: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** All that only who is signed in sees. */
export const appRoute = createRoute({
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
  component: lazyRouteComponent(() => import("./app-page"), "AppPage"),
});
