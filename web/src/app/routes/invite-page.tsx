import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AcceptInvite } from "@/features/team/components/accept-invite";

export function InvitePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { token } = useParams({ from: "/invite/$token" });
  return (
    <>
      <title>{t("join.windowTitle")}</title>
      <AcceptInvite
        token={token}
        onJoined={() => void navigate({ to: "/inbox", replace: true })}
        onLogin={() => void navigate({ to: "/login" })}
      />
    </>
  );
}
