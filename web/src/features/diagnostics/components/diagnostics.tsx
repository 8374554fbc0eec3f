import { Button, Skeleton } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SettingsBlock, SettingsPane } from "@/components/ui/settings-pane";
import { StateMessage } from "@/components/ui/state-message";
import { errorText } from "@/lib/error-text";
import { formatClock } from "@/lib/format";
import { diagnosticsQuery, type Diagnostics as Report } from "../api/queries";
import classes from "./diagnostics.module.css";
import { FindingList } from "./finding-list";
import { JobsReport } from "./jobs-report";
import { PulseTable } from "./pulse-table";
import { TroubleList } from "./trouble-list";

/** What works, what does not, and how to mend it. */
export function Diagnostics() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const report = useQuery(diagnosticsQuery());
  return (
    <SettingsPane
      title={t("diagnostics.title")}
      acts={
        <Button
          className={classes.again}
          variant="default"
          loading={report.isFetching}
          onClick={() => void client.invalidateQueries({ queryKey: ["diagnostics"] })}
        >
          {t("diagnostics.again")}
        </Button>
      }
    >
      {report.isPending && <Skeleton height={160} mt={16} />}
      {report.isError && !report.data && (
        <StateMessage
          icon={<IconCloudOff size={32} stroke={1.5} aria-hidden />}
          title={t("diagnostics.notLoaded")}
          text={errorText(report.error)}
        />
      )}
      {report.data && <ReportBlocks report={report.data} />}
    </SettingsPane>
  );
}

function ReportBlocks({ report }: { report: Report }) {
  const { t } = useTranslation();
  const checked = t("diagnostics.checked", {
    time: formatClock(report.checked_at),
    version: report.version,
  });
  const words =
    report.problems > 0
      ? t("diagnostics.chip", { count: report.problems })
      : t("diagnostics.allFine");
  return (
    <>
      <SettingsBlock title={words} text={checked}>
        <FindingList findings={report.findings} />
      </SettingsBlock>
      {report.accounts.length > 0 && (
        <SettingsBlock title={t("accounts.title")}>
          <PulseTable accounts={report.accounts} />
        </SettingsBlock>
      )}
      <JobsReport jobs={report.jobs} />
      <TroubleList troubles={report.troubles} />
    </>
  );
}
