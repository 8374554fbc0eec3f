import { Button } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";

export function MissingPage() {
  const { t } = useTranslation();
  return (
    <main style={{ display: "grid", minHeight: "100dvh" }}>
      <StateMessage
        icon={<IconMapQuestion size={32} aria-hidden />}
        title={t("error.notFoundTitle")}
        text={t("error.notFoundText")}
      >
        <Button component={Link} to="/inbox">
          {t("error.toChats")}
        </Button>
      </StateMessage>
    </main>
  );
}
