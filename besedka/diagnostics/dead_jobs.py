"""Jobs that gave up, as far as they are a company's own."""

from sqlalchemy import ColumnElement, true
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import queries as channels
from besedka.core import db
from besedka.identity import queries as identity
from besedka.identity.actor import Actor
from besedka.jobs import JobNotFound
from besedka.jobs import service as jobs
from besedka.jobs.models import Job

_MOST_SHOWN = 1000
_BATCH = 50  # SQLite has one writer, and whoever else writes waits for a batch's end


async def own_jobs(session: AsyncSession, actor: Actor) -> ColumnElement[bool]:
    """Which jobs a company may see: where it is the only one, also those of the product itself."""
    if await is_only_workspace(session):
        return true()
    accounts = await channels.list_accounts(session, actor)
    return jobs.of_workspace(actor.workspace_id, [account.id for account in accounts])


async def list_dead(session: AsyncSession, actor: Actor) -> list[Job]:
    """Newest first."""
    return await jobs.list_dead(session, await own_jobs(session, actor), limit=_MOST_SHOWN)


async def retry(session: AsyncSession, actor: Actor, job_id: int) -> None:
    """Raises JobNotFound, also for what another company's job is."""
    if not await jobs.list_dead(session, await own_jobs(session, actor), Job.id == job_id):
        raise JobNotFound(job_id=job_id)
    await jobs.retry_dead(session, job_id)


async def retry_all(actor: Actor) -> int:
    """How many will run again. Batch by batch: those that are through stay so whatever follows."""
    async with db.reading() as session:
        dead = await jobs.list_dead_ids(session, await own_jobs(session, actor))
    revived = 0
    for start in range(0, len(dead), _BATCH):
        async with db.transaction() as session:
            revived += await jobs.retry_all_dead(session, dead[start : start + _BATCH])
    return revived


async def is_only_workspace(session: AsyncSession) -> bool:
    return len(await identity.list_workspaces(session)) == 1
