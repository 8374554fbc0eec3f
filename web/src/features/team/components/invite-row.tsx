import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMail } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { formatDate } from "@/lib/format";
import { includesRole } from "@/lib/roles";
import { tellFailure } from "@/lib/tell-failure";
import { type Invite, useRevokeInvite } from "../api/queries";
import classes from "./team.module.css";

export function InviteRow({ invite }: { invite: Invite }) {
  const { t } = useTranslation();
  const { role } = useMe();
  const revoke = useRevokeInvite();
  const who = invite.name || invite.email || t("team.somebody");

  return (
    <li className={classes.row}>
      <IconMail size={20} stroke={1.6} color="var(--muted)" aria-hidden />
      <span className={classes.who}>
        <span className={classes.name}>{who}</span>
        <span className={classes.fact}>
          {t("team.inviteFacts", {
            role: t(`user.role.${invite.role}`),
            date: formatDate(invite.expires_at),
          })}
        </span>
        <span className={classes.fact}>{t("team.invitedBy", { name: invite.invited_by })}</span>
      </span>
      {includesRole(role, invite.role) && (
        <Button
          variant="default"
          loading={revoke.isPending}
          aria-label={t("team.revokeOf", { name: who })}
          onClick={() =>
            revoke.mutate(invite.id, {
              onSuccess: () => notifications.show({ message: t("team.revoked") }),
              onError: tellFailure,
            })
          }
        >
          {t("team.revoke")}
        </Button>
      )}
    </li>
  );
}
