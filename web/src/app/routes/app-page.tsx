import { ActionIcon, Tooltip } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { IconListSearch, IconMessage2, IconSettings } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Outlet, useMatch, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { AppFrame } from "@/components/layout/app-frame";
import { ConnectionBanner } from "@/components/layout/connection-banner";
import { RailLink } from "@/components/layout/rail-link";
import { AgentChip } from "@/features/agent/components/agent-chip";
import { AccountsChip } from "@/features/channels/components/accounts-chip";
import { DiagnosticsChip } from "@/features/diagnostics/components/diagnostics-chip";
import { countsQuery } from "@/features/inbox/api/queries";
import { forgetReplyDrafts } from "@/features/inbox/api/reply-drafts";
import { ActsProvider } from "@/features/inbox/components/acts-provider";
import { pictureShelf } from "@/features/inbox/live/picture-shelf";
import { attentionCount, waitingForUs } from "@/features/inbox/model/counts";
import { isPalette } from "@/features/inbox/model/keys";
import { UserMenu } from "@/features/session/components/user-menu";
import { useMe } from "@/lib/current-user";
import { forgetDrafts } from "@/lib/drafts";
import { onSignedOutElsewhere, tellSignedOut } from "@/lib/other-tabs";
import { showTabIcon } from "@/lib/tab-icon";
import { useIsPhone } from "@/lib/viewport";
import { useIsLasting } from "../use-is-lasting";
import { useLive } from "../use-live";
import { TopSearch } from "./top-search";

const Palette = lazy(() => import("../palette").then((module) => ({ default: module.Palette })));

/** A break of the connection that is over by then shows nothing. */
const blinkMs = 1000;

export function AppPage() {
  const { t } = useTranslation();
  const router = useRouter();
  const client = useQueryClient();
  const { workspace } = useMe();
  const live = useLive(openConversationId, openConversation);
  const isOffline = useIsLasting(live === "behind", blinkMs);
  const { data: attention = 0 } = useQuery({ ...countsQuery(), select: attentionCount });
  const { data: waiting = 0 } = useQuery({ ...countsQuery(), select: waitingForUs });
  useEffect(() => showTabIcon(waiting), [waiting]);
  const settings = useMatch({ from: "/app/settings", shouldThrow: false });
  const inbox = useMatch({ from: "/app/inbox", shouldThrow: false });
  const isPhone = useIsPhone();
  const [isPaletteWanted, setIsPaletteWanted] = useState(false);
  const talk = useMatch({ from: "/app/inbox/$conversationId", shouldThrow: false });

  function openConversationId(): string | null {
    const match = router.state.matches.find(
      ({ routeId }) => routeId === "/app/inbox/$conversationId",
    );
    return match && "conversationId" in match.params ? match.params.conversationId : null;
  }

  function openConversation(conversationId: string): void {
    void router.navigate({
      to: "/inbox/$conversationId",
      params: { conversationId },
      ...(inbox && { search: true }),
    });
  }

  function signOut(): void {
    tellSignedOut();
    void leave();
  }

  const onSignOutElsewhere = useEffectEvent(() => void leave());
  useEffect(() => onSignedOutElsewhere(onSignOutElsewhere), []);

  async function leave(): Promise<void> {
    forgetDrafts();
    pictureShelf.clear();
    forgetReplyDrafts();

    await router.navigate({ to: "/login" });
    client.clear();
  }

  useWindowEvent("keydown", (event) => {
    if (!isPalette(event)) return;
    event.preventDefault();
    setIsPaletteWanted(true);
  });

  return (
    <ActsProvider
      onOpen={openConversation}
      onLeave={() => void router.navigate({ to: "/inbox", search: true })}
      onPalette={() => setIsPaletteWanted(true)}
    >
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
              to="/settings"
              label={t("settings.title")}
              icon={<IconSettings size={21} stroke={1.7} aria-hidden />}
            />
          </>
        }
        workspace={workspace.name}
        search={<TopSearch />}
        account={
          <>
            {!isPhone && (
              <Tooltip label={t("palette.openHint")}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={32}
                  aria-label={t("palette.open")}
                  onClick={() => setIsPaletteWanted(true)}
                >
                  <IconListSearch size={20} stroke={1.7} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
            <DiagnosticsChip />
            <AgentChip isOffline={isOffline} />
            <AccountsChip isOffline={isOffline} />
            <UserMenu onSignedOut={signOut} />
          </>
        }
        banner={
          (live === "behind" || live === "late") && <ConnectionBanner isLate={live === "late"} />
        }
        isFullScreen={talk !== undefined}
      >
        {/* The settings have titles of their own. */}
        {!settings && (
          <title>
            {waiting > 0 ? t("app.titleWithCount", { count: waiting }) : t("app.title")}
          </title>
        )}
        <Outlet />
      </AppFrame>
      {isPaletteWanted && (
        <Suspense>
          <Palette onOpen={openConversation} onClose={() => setIsPaletteWanted(false)} />
        </Suspense>
      )}
    </ActsProvider>
  );
}
