import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { AlertSwitches } from "@/components/ui/alert-switches";
import { useMe } from "@/lib/current-user";
import { initials } from "@/lib/format";
import type { Language } from "@/lib/i18n/i18n";
import { type Theme, themeOf, useSavePreferences } from "@/lib/preferences";
import { useLogout } from "../api/use-login";
import classes from "./user-menu.module.css";

export function UserMenu({ onSignedOut }: { onSignedOut: () => void }) {
  const { t, i18n } = useTranslation();
  const { user, role } = useMe();
  const { colorScheme } = useMantineColorScheme();
  const save = useSavePreferences();
  const logout = useLogout();

  return (
    <Menu width={300} position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <UnstyledButton className={classes.avatar} aria-label={t("user.menu", { name: user.name })}>
          {initials(user.name)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <strong>{user.name}</strong>
          <span>{user.email}</span>
          <span>{t(`user.role.${role}`)}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("user.theme")}</Menu.Label>
        <SegmentedControl
          className={classes.switch}
          fullWidth
          size="xs"
          aria-label={t("user.theme")}
          value={themeOf(colorScheme)}
          onChange={(theme: Theme) => save.mutate({ theme })}
          data={[
            { value: "system", label: t("user.themeAuto") },
            { value: "light", label: t("user.themeLight") },
            { value: "dark", label: t("user.themeDark") },
          ]}
        />
        <Menu.Label>{t("user.language")}</Menu.Label>
        <SegmentedControl
          className={classes.switch}
          fullWidth
          size="xs"
          aria-label={t("user.language")}
          value={i18n.language as Language}
          onChange={(language) => save.mutate({ language })}
          data={[
            { value: "ru", label: "Русский" },
            { value: "en", label: "English" },
          ]}
        />
        <Menu.Divider />
        <AlertSwitches className={classes.alert} />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => logout.mutate(undefined, { onSettled: onSignedOut })}
        >
          {t("user.logout")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
