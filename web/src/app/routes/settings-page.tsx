import { IconChevronLeft, IconLock } from "@tabler/icons-react";
import { Link, Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { useMe } from "@/lib/current-user";
import { includesRole, type Role } from "@/lib/roles";
import { useIsPhone } from "@/lib/viewport";
import classes from "./settings-page.module.css";
import { type SettingsSection, sectionAt, settingsSections } from "./settings-sections";

/** The settings: their sections at the left; on a phone, a list and one section at a time. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { role, dev_mode: isForDevelopers } = useMe();
  const section = sectionAt(useLocation({ select: ({ pathname }) => pathname }));
  return (
    <div className={classes.page} data-list={section === undefined || undefined}>
      <title>
        {section ? t("settings.titleOf", { section: t(section.label) }) : t("settings.windowTitle")}
      </title>
      <nav className={classes.nav} aria-label={t("settings.title")}>
        <h1 className={classes.heading}>{t("settings.title")}</h1>
        <Sections role={role} isForDevelopers={isForDevelopers} />
      </nav>
      {section && (
        <div className={classes.content}>
          <Link to="/settings" className={classes.back}>
            <IconChevronLeft size={20} aria-hidden />
            {t("settings.title")}
          </Link>
          {includesRole(role, section.role) ? <Outlet /> : <NoAccess section={section} />}
        </div>
      )}
      {!section && <Outlet />}
    </div>
  );
}

/** The list alone is a page on a phone; where it stands beside the sections, the first one opens. */
export function SettingsIndex() {
  const isPhone = useIsPhone();
  return isPhone ? null : <Navigate to="/settings/assistant" replace />;
}

function Sections({ role, isForDevelopers }: { role: Role; isForDevelopers: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.sections}>
      {settingsSections
        .filter((section) => includesRole(role, section.role))
        .filter((section) => isForDevelopers || !section.isForDevelopers)
        .map(({ path, label, icon: Icon }) => (
          <li key={path}>
            <Link to={path} className={classes.link} activeProps={{ className: classes.active }}>
              <Icon size={19} stroke={1.7} aria-hidden />
              {t(label)}
            </Link>
          </li>
        ))}
    </ul>
  );
}

function NoAccess({ section }: { section: SettingsSection }) {
  const { t } = useTranslation();
  return (
    <main className={classes.denied}>
      <StateMessage
        icon={<IconLock size={32} stroke={1.5} aria-hidden />}
        title={t("settings.noAccess", { section: t(section.label) })}
        text={t("settings.noAccessText", { role: t(`user.role.${section.role}`) })}
      />
    </main>
  );
}
