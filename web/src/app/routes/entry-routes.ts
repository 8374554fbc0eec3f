import type { QueryClient } from "@tanstack/react-query";
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { isSignedOut } from "@/lib/api-error";
import { meQuery } from "@/lib/current-user";
import { applyPreferences } from "@/lib/preferences";
import { includesRole } from "@/lib/roles";
import { setupQuery } from "@/lib/setup-state";
import { readLoginSearch, readSetupSearch } from "../search-params";
import { rootRoute } from "./root-routes";

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: readLoginSearch,
  beforeLoad: async ({ context }) => {
    if (await isSetupNeeded(context.client)) throw redirect({ to: "/setup", replace: true });
  },
  component: lazyRouteComponent(() => import("./login-page"), "LoginPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  validateSearch: readSetupSearch,
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
  component: lazyRouteComponent(() => import("./setup-page"), "SetupPage"),
});

const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite",
  component: lazyRouteComponent(() => import("./invite-page"), "InvitePage"),
});

/** Unless the server says so, there is somebody who can log in. */
function isSetupNeeded(client: QueryClient): Promise<boolean> {
  return client
    .ensureQueryData(setupQuery())
    .then(({ is_needed }) => is_needed)
    .catch(() => false);
}

/** The pages for whoever is not signed in yet. */
export const entryRoutes = [loginRoute, setupRoute, inviteRoute] as const;
