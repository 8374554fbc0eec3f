import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";

/** The cache and the router, which know of each other only here. */
export function createApp() {
  const client = createQueryClient(() => {
    const { pathname, href } = router.latestLocation;
    if (pathname === "/login" || pathname === "/setup") return; // they see to it themselves
    void router.navigate({ to: "/login", search: { next: href } }).then(() => client.clear());
  });
  const router = createAppRouter(client);
  return { client, router };
}
