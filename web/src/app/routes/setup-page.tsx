import { useSuspenseQuery } from "@tanstack/react-query";
import { useLocation, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { AgentStep } from "@/features/setup/components/agent-step";
import { ChannelStep } from "@/features/setup/components/channel-step";
import { OwnerStep } from "@/features/setup/components/owner-step";
import { setupQuery } from "@/lib/setup-state";

/** The first start, step by step; the step is in the address, so a reload goes on from there. */
export function SetupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { step } = useSearch({ from: "/setup" });
  const code = useLocation({ select: ({ state }) => state.setupCode ?? "" });
  const { data: setup } = useSuspenseQuery(setupQuery());

  function open(next: "channel" | "agent"): void {
    void navigate({ to: "/setup", search: { step: next } });
  }

  function page() {
    if (setup.is_needed) {
      return (
        <OwnerStep
          key={code}
          code={code}
          onDone={() => open("channel")}
          onTaken={() => location.assign("/login")}
        />
      );
    }
    if (step === "agent")
      return <AgentStep onDone={() => void navigate({ to: "/inbox", replace: true })} />;
    return <ChannelStep onNext={() => open("agent")} />;
  }

  return (
    <>
      <title>{t("setup.windowTitle")}</title>
      {page()}
    </>
  );
}
