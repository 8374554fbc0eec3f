import { SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AlertSwitches } from "@/components/ui/alert-switches";
import type { Language } from "@/lib/i18n/i18n";
import { type Theme, themeOf, useSavePreferences } from "@/lib/preferences";
import classes from "./profile.module.css";

/** Each choice is saved as it is made. */
export function ChoicesForm() {
  const { t, i18n } = useTranslation();
  const { colorScheme } = useMantineColorScheme();
  const save = useSavePreferences();
  return (
    <div className={classes.form}>
      <div className={classes.field}>
        <div className={classes.label}>{t("user.theme")}</div>
        <SegmentedControl
          classNames={{ label: classes.segment }}
          fullWidth
          aria-label={t("user.theme")}
          value={themeOf(colorScheme)}
          onChange={(theme: Theme) => save.mutate({ theme })}
          data={[
            { value: "system", label: t("user.themeAuto") },
            { value: "light", label: t("user.themeLight") },
            { value: "dark", label: t("user.themeDark") },
          ]}
        />
      </div>
      <div className={classes.field}>
        <div className={classes.label}>{t("user.language")}</div>
        <SegmentedControl
          classNames={{ label: classes.segment }}
          fullWidth
          aria-label={t("user.language")}
          value={i18n.language as Language}
          onChange={(language) => save.mutate({ language })}
          data={[
            { value: "ru", label: "Русский" },
            { value: "en", label: "English" },
          ]}
        />
      </div>
      <AlertSwitches className={classes.switch} />
    </div>
  );
}
