import type { MantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import i18n from "i18next";
import type { components } from "@/api/schema";
import { api, bodyOf } from "./api-client";
import { type Me, meQuery } from "./current-user";
import { errorText } from "./error-text";
import { changeLanguage } from "./i18n/i18n";
import { applyColorScheme } from "./theme/color-scheme";

export type Preferences = components["schemas"]["Preferences"];
export type Theme = NonNullable<Preferences["theme"]>;

const schemes: Record<Theme, MantineColorScheme> = { system: "auto", light: "light", dark: "dark" };

export function themeOf(scheme: MantineColorScheme): Theme {
  return scheme === "auto" ? "system" : scheme;
}

/** Lets the screen be as it was chosen; what was never chosen stays as this browser has it. */
export async function applyPreferences({ language, theme }: Preferences): Promise<void> {
  if (theme) applyColorScheme(schemes[theme]);
  if (language && language !== i18n.language) await changeLanguage(language);
}

/** Applied and shown at once, taken back if the server refuses. */
export function useSavePreferences() {
  const client = useQueryClient();
  const { queryKey } = meQuery();
  return useMutation({
    scope: { id: "preferences" }, // one after another: the last answer is the last choice
    mutationFn: (preferences: Partial<Preferences>) =>
      bodyOf(api.PATCH("/api/v1/me", { body: { preferences } })),
    onMutate: (changes) => {
      const before = client.getQueryData<Me>(queryKey);
      if (before) {
        const preferences = { ...before.preferences, ...changes };
        client.setQueryData<Me>(queryKey, { ...before, preferences });
        void applyPreferences(preferences);
      }
      return before;
    },
    onSuccess: (me) => client.setQueryData(queryKey, me),
    onError: (error, _changes, before) => {
      if (before) {
        client.setQueryData(queryKey, before);
        void applyPreferences(before.preferences);
      }
      notifications.show({
        color: "bad",
        message: `${i18n.t("profile.notSaved")} ${errorText(error)}`,
      });
    },
  });
}
