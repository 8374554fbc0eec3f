import { ActionIcon, Menu, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDots, IconUserMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ContactAvatar } from "@/components/ui/contact-avatar";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import type { Role } from "@/lib/roles";
import { type Member, useChangeRole } from "../api/queries";
import { grantableRoles, isHere, lockOf } from "../model/access";
import { RemoveMember } from "./remove-member";
import classes from "./team.module.css";

interface Props {
  member: Member;
  members: readonly Member[];
}

export function MemberRow({ member, members }: Props) {
  const { t } = useTranslation();
  const { user, role } = useMe();
  const now = useMinute();
  const change = useChangeRole();
  const [isRemoving, removing] = useDisclosure(false);
  const lock = lockOf(member, { id: user.id, role }, members);
  const isMe = member.id === user.id;

  function seen(): string {
    if (member.last_seen_at === null) return t("team.neverSeen");
    return isMe || isHere(member.last_seen_at, now)
      ? t("team.here")
      : t("team.seen", { time: formatRowTime(member.last_seen_at, now) });
  }

  function changeRole(next: Role): void {
    change.mutate(
      { id: member.id, role: next },
      {
        onSuccess: () =>
          notifications.show({
            message: t("team.roleChanged", { name: member.name, role: t(`user.role.${next}`) }),
          }),
        onError: (error) =>
          notifications.show({
            color: "bad",
            message: t("team.roleNotChanged", { reason: errorText(error) }),
          }),
      },
    );
  }

  return (
    <li className={classes.row}>
      <ContactAvatar name={member.name} imageUrl={null} channel="" />
      <span className={classes.who}>
        <span className={classes.name}>
          {isMe ? t("team.me", { name: member.name }) : member.name}
        </span>
        <span className={classes.fact}>{member.email}</span>
        <span className={classes.fact}>{seen()}</span>
      </span>
      {lock === null ? (
        <NativeSelect
          className={classes.role}
          aria-label={t("team.roleOf", { name: member.name })}
          value={change.isPending ? change.variables.role : member.role}
          onChange={(event) => changeRole(event.currentTarget.value as Role)}
          data={grantableRoles(role).map((each) => ({
            value: each,
            label: t(`user.role.${each}`),
          }))}
        />
      ) : (
        <span
          className={classes.fixed}
          title={lock === "lastOwner" ? t("team.lastOwner") : undefined}
        >
          {t(`user.role.${member.role}`)}
        </span>
      )}
      <span className={classes.acts}>
        {lock === null && (
          <Menu position="bottom-end" width={240}>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("team.actsOn", { name: member.name })}
              >
                <IconDots size={19} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                color="bad"
                leftSection={<IconUserMinus size={18} aria-hidden />}
                onClick={removing.open}
              >
                {t("team.remove")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </span>
      <RemoveMember member={member} isOpen={isRemoving} onClose={removing.close} />
    </li>
  );
}
