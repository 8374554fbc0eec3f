import {
  type Icon,
  IconBuildingStore,
  IconMessageBolt,
  IconPlugConnected,
  IconSparkles,
  IconStethoscope,
  IconTag,
  IconTool,
  IconUserCircle,
  IconUsers,
} from "@tabler/icons-react";
import type { LinkProps } from "@tanstack/react-router";
import type { ParseKeys } from "i18next";
import type { Role } from "@/lib/roles";

export interface SettingsSection {
  path: NonNullable<LinkProps["to"]>;
  label: ParseKeys;
  icon: Icon;
  /** Who has less gets a page that says so, and no link. */
  role: Role;
  /** Only where the server runs with BESEDKA_DEV_MODE. */
  isForDevelopers?: boolean;
}

/** The pages of the settings, in the order of their navigation. */
export const settingsSections: readonly SettingsSection[] = [
  {
    path: "/settings/assistant",
    label: "settings.assistant",
    icon: IconSparkles,
    role: "viewer",
  },
  {
    path: "/settings/templates",
    label: "templates.title",
    icon: IconMessageBolt,
    role: "viewer",
  },
  {
    path: "/settings/channels",
    label: "accounts.title",
    icon: IconPlugConnected,
    role: "viewer",
  },
  {
    path: "/settings/tags",
    label: "tags.title",
    icon: IconTag,
    role: "manager",
  },
  { path: "/settings/users", label: "team.title", icon: IconUsers, role: "viewer" },
  {
    path: "/settings/workspace",
    label: "workspace.title",
    icon: IconBuildingStore,
    role: "admin",
  },
  { path: "/settings/profile", label: "profile.title", icon: IconUserCircle, role: "viewer" },
  {
    path: "/settings/diagnostics",
    label: "diagnostics.title",
    icon: IconStethoscope,
    role: "admin",
  },
  {
    path: "/settings/developer",
    label: "developer.title",
    icon: IconTool,
    role: "admin",
    isForDevelopers: true,
  },
];

/** The section that an address belongs to. */
export function sectionAt(pathname: string): SettingsSection | undefined {
  return settingsSections.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
}
