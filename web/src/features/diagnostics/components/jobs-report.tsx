import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { SettingsBlock } from "@/components/ui/settings-pane";
import { errorText } from "@/lib/error-text";
import { formatRowTime } from "@/lib/format";
import { useMinute } from "@/lib/minute-clock";
import { type DeadJob, type Diagnostics, deadJobsQuery, useRetryJobs } from "../api/queries";
import { jobTitle } from "../model/job-title";
import classes from "./diagnostics.module.css";

/** The work that waits, and the work that gave up. */
export function JobsReport({ jobs }: { jobs: Diagnostics["jobs"] }) {
  const { t } = useTranslation();
  const { data: dead = [] } = useQuery(deadJobsQuery());
  const retry = useRetryJobs();
  return (
    <SettingsBlock
      title={t("diagnostics.jobs")}
      text={t("diagnostics.jobsNow", { waiting: jobs.waiting, running: jobs.running })}
    >
      {retry.isError && (
        <p className={classes.problem} role="alert">
          {errorText(retry.error)}
        </p>
      )}
      {dead.length === 0 && <p className={classes.mend}>{t("diagnostics.noDead")}</p>}
      {dead.length > 0 && (
        <>
          <ul className={classes.list} aria-label={t("diagnostics.dead")}>
            {dead.map((job) => (
              <DeadRow
                key={job.id}
                job={job}
                isBusy={retry.isPending}
                onRetry={() => retry.mutate(job.id)}
              />
            ))}
          </ul>
          <div>
            <Button
              className={classes.act}
              variant="default"
              loading={retry.isPending}
              onClick={() => retry.mutate("all")}
            >
              {t("diagnostics.retryAll")}
            </Button>
          </div>
        </>
      )}
    </SettingsBlock>
  );
}

interface RowProps {
  job: DeadJob;
  isBusy: boolean;
  onRetry: () => void;
}

function DeadRow({ job, isBusy, onRetry }: RowProps) {
  const { t } = useTranslation();
  const now = useMinute();
  const title = jobTitle(job.name);
  const when = formatRowTime(job.died_at ?? job.created_at, now);
  return (
    <li className={classes.job}>
      <div>
        <p className={classes.what}>{title ? t(title) : job.name}</p>
        <p className={classes.mend}>
          {t("diagnostics.died", { time: when, count: job.attempts })} <code>{job.cause}</code>
        </p>
      </div>
      <Button
        className={classes.act}
        variant="default"
        size="compact-sm"
        disabled={isBusy}
        aria-label={t("diagnostics.retryOne", { id: job.id })}
        onClick={onRetry}
      >
        {t("diagnostics.retry")}
      </Button>
    </li>
  );
}
