import { useLocation, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AcceptInvite } from "@/features/team/components/accept-invite";

export function InvitePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Behind the #, so that no server's log has it.
  const token = useLocation({ select: ({ hash }) => hash });
  return (
    <>
      <title>{t("join.windowTitle")}</title>
      <AcceptInvite
        key={token}
        token={token}
        onJoined={() => void navigate({ to: "/inbox", replace: true })}
        onLogin={() => void navigate({ to: "/login" })}
      />
    </>
  );
}
