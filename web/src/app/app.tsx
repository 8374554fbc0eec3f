import { MantineProvider, mergeThemeOverrides } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { colorSchemeManager } from "@/lib/theme/color-scheme";
import { cssVariablesResolver, theme } from "@/lib/theme/theme";
import { createApp } from "./create-app";
import { Notices } from "./notices";

const { client, router } = createApp();

export function App() {
  const { t } = useTranslation();
  const named = useMemo(() => {
    const close = { defaultProps: { "aria-label": t("common.close") } };
    return mergeThemeOverrides(theme, {
      components: { ModalCloseButton: close, DrawerCloseButton: close },
    });
  }, [t]);
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Notices />
    </MantineProvider>
  );
}
