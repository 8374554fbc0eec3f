import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";

const againMs = 4000;

/** The app has opened without a connection; it goes on by itself as soon as there is one. */
export function OfflinePage() {
  const { t } = useTranslation();
  const router = useRouter();
  const tryAgain = useEffectEvent(() => void router.invalidate());
  useEffect(() => {
    const onReturn = () => tryAgain();
    const timer = setInterval(onReturn, againMs);
    window.addEventListener("online", onReturn);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", onReturn);
    };
  }, []);
  return (
    <main style={{ display: "grid", minHeight: "100dvh" }}>
      <title>{t("app.title")}</title>
      <StateMessage
        icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
        title={t("offline.title")}
        text={t("offline.text")}
      >
        <Button variant="default" onClick={() => tryAgain()}>
          {t("common.retry")}
        </Button>
      </StateMessage>
    </main>
  );
}
