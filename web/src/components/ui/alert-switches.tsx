import { Switch } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { askToNotify, noticePermission } from "@/lib/desktop-notice";
import { useSavePreferences } from "@/lib/preferences";

/** Sound and desktop notifications. The browser is asked for its leave by the switch alone. */
export function AlertSwitches({ className }: { className?: string | undefined }) {
  const { t } = useTranslation();
  const { preferences } = useMe();
  const save = useSavePreferences();
  const [permission, setPermission] = useState(noticePermission);
  const isRefused = permission === "denied" || permission === "unsupported";

  async function notify(wanted: boolean): Promise<void> {
    const mayNotify = wanted && (await askToNotify());
    setPermission(noticePermission());
    save.mutate({ notifications: mayNotify });
  }

  return (
    <>
      <Switch
        className={className}
        label={t("profile.sound")}
        description={t("profile.soundHint")}
        checked={preferences.sound}
        onChange={(event) => save.mutate({ sound: event.currentTarget.checked })}
      />
      <Switch
        className={className}
        label={t("profile.notifications")}
        description={t(isRefused ? "profile.notificationsRefused" : "profile.notificationsHint")}
        checked={preferences.notifications && permission === "granted"}
        disabled={isRefused}
        onChange={(event) => void notify(event.currentTarget.checked)}
      />
    </>
  );
}
