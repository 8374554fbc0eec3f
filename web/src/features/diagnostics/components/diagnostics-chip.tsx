import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StatusChip } from "@/components/ui/status-chip";
import { useCanSetUp } from "@/lib/current-user";
import { diagnosticsQuery } from "../api/queries";
import { dots, worstOf } from "../model/findings";

/** How many things want mending; nothing while all is well. */
export function DiagnosticsChip() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data } = useQuery({ ...diagnosticsQuery(), enabled: useCanSetUp() });
  if (!data || data.problems === 0) return null;
  return (
    <StatusChip
      of={dots[worstOf(data.findings)]}
      text={t("diagnostics.chip", { count: data.problems })}
      onClick={() => void navigate({ to: "/settings/diagnostics" })}
    />
  );
}
