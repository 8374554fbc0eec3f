import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterContextProvider, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { createApp } from "@/app/create-app";
import { Notices } from "@/app/notices";
import { createQueryClient } from "@/app/query-client";
import { meQuery } from "@/lib/current-user";
import { theme } from "@/lib/theme/theme";
import { makeMe } from "./make";

function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
      <Notices />
    </MantineProvider>
  );
}

/** One component, for a signed-in user. */
export function renderPart(element: ReactElement, me = makeMe()) {
  const client = createQueryClient(() => {});
  client.setQueryData(meQuery().queryKey, me);
  return {
    client,
    ...render(
      // Links know where they lead, though no page is there.
      <RouterContextProvider router={createApp().router}>
        <Providers client={client}>{element}</Providers>
      </RouterContextProvider>,
    ),
  };
}

/** The whole app at an address. */
export function renderApp(path: string) {
  window.history.replaceState(null, "", path);
  const { client, router } = createApp();
  const view = render(
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { client, router, ...view };
}
