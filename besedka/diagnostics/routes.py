"""Diagnostics, and the jobs that gave up."""

from fastapi import APIRouter

import besedka
from besedka.core import time
from besedka.core.http import ReadSession, Session
from besedka.diagnostics import dead_jobs, looking
from besedka.diagnostics.finding import State
from besedka.diagnostics.schemas import (
    AccountPulse,
    DeadJobRead,
    DiagnosticsRead,
    FindingRead,
    JobsPulse,
    Retried,
    TroubleRead,
)
from besedka.identity import AdminActor
from besedka.jobs.models import JobState

router = APIRouter(tags=["diagnostics"])


@router.get("/diagnostics")
async def look_over(actor: AdminActor) -> DiagnosticsRead:
    """What works, what does not and how to mend it. Asks nobody outside."""
    overview = await looking.look_over(actor)
    return DiagnosticsRead(
        checked_at=time.now(),
        version=besedka.__version__,
        problems=sum(finding.state is not State.FINE for finding in overview.findings),
        findings=[FindingRead.model_validate(finding) for finding in overview.findings],
        accounts=[AccountPulse.model_validate(account) for account in overview.accounts],
        jobs=JobsPulse(
            waiting=overview.counts.get(JobState.PENDING, 0),
            running=overview.counts.get(JobState.RUNNING, 0),
            dead=overview.counts.get(JobState.DEAD, 0),
            oldest_due_at=overview.oldest_due_at,
        ),
        troubles=[TroubleRead.of(trouble) for trouble in overview.troubles],
    )


@router.get("/jobs/dead")
async def list_dead_jobs(session: ReadSession, actor: AdminActor) -> list[DeadJobRead]:
    return [DeadJobRead.of(job) for job in await dead_jobs.list_dead(session, actor)]


@router.post("/jobs/retry", status_code=202)
async def retry_all_jobs(actor: AdminActor) -> Retried:
    return Retried(count=await dead_jobs.retry_all(actor))


@router.post("/jobs/{job_id}/retry", status_code=202)
async def retry_job(job_id: int, session: Session, actor: AdminActor) -> Retried:
    await dead_jobs.retry(session, actor, job_id)
    return Retried(count=1)
