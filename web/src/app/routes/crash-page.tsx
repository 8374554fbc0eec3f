import { Button } from "@mantine/core";
import { IconMoodSad } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { ApiError } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";

export function CrashPage({ error }: { error: unknown }) {
  const { t } = useTranslation();
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
