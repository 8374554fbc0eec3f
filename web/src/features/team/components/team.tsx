import { Button, Skeleton, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCloudOff, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SettingsBlock, SettingsPane } from "@/components/ui/settings-pane";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { formatNumber } from "@/lib/format";
import { invitesQuery, membersQuery } from "../api/queries";
import { CreateInvite } from "./create-invite";
import { InviteRow } from "./invite-row";
import { MemberRow } from "./member-row";
import classes from "./team.module.css";

/** Who works here, and who was invited. */
export function Team() {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const members = useQuery(membersQuery());
  const invites = useQuery({ ...invitesQuery(), enabled: canSetUp });
  const [isInviting, inviting] = useDisclosure(false);
  return (
    <SettingsPane
      title={t("team.title")}
      note={members.data && formatNumber(members.data.length)}
      acts={
        canSetUp && (
          <Button
            variant="light"
            leftSection={<IconPlus size={17} aria-hidden />}
            onClick={inviting.open}
          >
            {t("team.invite")}
          </Button>
        )
      }
    >
      {members.data ? (
        <SettingsBlock title={t("team.members")} text={t("team.membersText")}>
          <ul className={classes.rows} aria-label={t("team.members")}>
            {members.data.map((member) => (
              <MemberRow key={member.id} member={member} members={members.data} />
            ))}
          </ul>
        </SettingsBlock>
      ) : members.isError ? (
        <StateMessage
          icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
          title={t("team.notLoaded")}
          text={errorText(members.error)}
        >
          <Button variant="default" onClick={() => void members.refetch()}>
            {t("common.retry")}
          </Button>
        </StateMessage>
      ) : (
        <Stack gap={14} pt={24} aria-busy>
          <Skeleton height={52} />
          <Skeleton height={52} />
          <Skeleton height={52} />
        </Stack>
      )}
      {canSetUp && invites.data && (
        <SettingsBlock title={t("team.invites")} text={t("team.invitesText")}>
          {invites.data.length > 0 ? (
            <ul className={classes.rows} aria-label={t("team.invites")}>
              {invites.data.map((invite) => (
                <InviteRow key={invite.id} invite={invite} />
              ))}
            </ul>
          ) : (
            <span className={classes.none}>{t("team.noInvites")}</span>
          )}
        </SettingsBlock>
      )}
      <CreateInvite isOpen={isInviting} onClose={inviting.close} />
    </SettingsPane>
  );
}
