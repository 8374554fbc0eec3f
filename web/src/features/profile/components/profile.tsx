import { useTranslation } from "react-i18next";
import { SettingsBlock, SettingsPane } from "@/components/ui/settings-pane";
import { ChoicesForm } from "./choices-form";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { SessionList } from "./session-list";

/** What a user changes about themselves. */
export function Profile() {
  const { t } = useTranslation();
  return (
    <SettingsPane title={t("profile.title")}>
      <SettingsBlock title={t("profile.about")}>
        <NameForm />
      </SettingsBlock>
      <SettingsBlock title={t("profile.choices")} text={t("profile.choicesText")}>
        <ChoicesForm />
      </SettingsBlock>
      <SettingsBlock title={t("profile.password")} text={t("profile.passwordText")}>
        <PasswordForm />
      </SettingsBlock>
      <SettingsBlock title={t("profile.sessions")} text={t("profile.sessionsText")}>
        <SessionList />
      </SettingsBlock>
    </SettingsPane>
  );
}
