import { Button } from "@mantine/core";
import { IconMoodSad } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { OfflinePage } from "./offline-page";

// Nobody answered, or a proxy says that nobody does; a server in trouble is another matter.
function isOffline(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.problem.code === "network" || [502, 503, 504].includes(error.problem.status))
  );
}

export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (isOffline(error)) return <OfflinePage />;
  const text = error instanceof ApiError ? errorText(error) : t("error.crashText");
  return (
    <main style={{ display: "grid", minHeight: "100dvh" }}>
      <StateMessage
        icon={<IconMoodSad size={32} aria-hidden />}
        title={t("error.crashTitle")}
        text={text}
      >
        <Button onClick={() => location.reload()}>{t("common.reload")}</Button>
      </StateMessage>
    </main>
  );
}
