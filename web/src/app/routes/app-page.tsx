import { IconMessage2, IconSettings } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useMatch, useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { AppFrame } from "@/components/layout/app-frame";
import { ConnectionBanner } from "@/components/layout/connection-banner";
import { RailLink } from "@/components/layout/rail-link";
import { AgentChip } from "@/features/agent/components/agent-chip";
import { AccountsChip } from "@/features/channels/components/accounts-chip";
import { countsQuery } from "@/features/inbox/api/queries";
import { attentionCount } from "@/features/inbox/model/counts";
import { UserMenu } from "@/features/session/components/user-menu";
import { useMe } from "@/lib/current-user";
import { forgetDrafts } from "@/lib/drafts";
import { onSignedOutElsewhere, tellSignedOut } from "@/lib/other-tabs";
import { useIsLasting } from "../use-is-lasting";
import { useLive } from "../use-live";

/** A break of the connection that is over by then shows nothing. */
const blinkMs = 1000;

export function AppPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const client = useQueryClient();
  const { workspace } = useMe();
  const live = useLive(openConversationId);
  const isOffline = useIsLasting(live === "behind", blinkMs);
  const { data: attention = 0 } = useQuery({ ...countsQuery(), select: attentionCount });
  const assistant = useMatch({ from: "/app/settings/assistant", shouldThrow: false });
  const talk = useMatch({ from: "/app/inbox/$conversationId", shouldThrow: false });

  function openConversationId(): string | null {
    const match = router.state.matches.find(
      ({ routeId }) => routeId === "/app/inbox/$conversationId",
    );
    return match && "conversationId" in match.params ? match.params.conversationId : null;
  }

  function signOut(): void {
    tellSignedOut();
    void leave();
  }

  const onSignOutElsewhere = useEffectEvent(() => void leave());
  useEffect(() => onSignedOutElsewhere(onSignOutElsewhere), []);

  async function leave(): Promise<void> {
    forgetDrafts();
    await router.navigate({ to: "/login" });
    client.clear();
  }

  return (
    <AppFrame
      rail={
        <>
          <RailLink
            to="/inbox"
            label={t("app.chats")}
            icon={<IconMessage2 size={21} stroke={1.7} aria-hidden />}
            count={attention}
          />
          <RailLink
            to="/settings/assistant"
            label={t("app.assistant")}
            icon={<IconSettings size={21} stroke={1.7} aria-hidden />}
          />
        </>
      }
      workspace={workspace.name}
      account={
        <>
          <AgentChip isOffline={isOffline} />
          <AccountsChip isOffline={isOffline} />
          <UserMenu onSignedOut={signOut} />
        </>
      }
      banner={live === "behind" && <ConnectionBanner />}
      isFullScreen={talk !== undefined}
    >
      <title>
        {assistant
          ? t("app.titleAssistant")
          : attention > 0
            ? t("app.titleWithCount", { count: attention })
            : t("app.title")}
      </title>
      <Outlet />
    </AppFrame>
  );
}
