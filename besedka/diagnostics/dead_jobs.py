"""Jobs that gave up, as far as they are a company's own."""

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import queries as channels
from besedka.identity import queries as identity
from besedka.identity.actor import Actor
from besedka.jobs import JobNotFound
from besedka.jobs import service as jobs
from besedka.jobs.models import Job


async def list_dead(session: AsyncSession, actor: Actor) -> list[Job]:
    """Newest first. A job of no company is shown to the company whose account it works on; those
    of the product itself only where there is one company."""
    found = await jobs.dead_of_workspace(session, actor.workspace_id)
    if all(job.workspace_id is not None for job in found) or await is_only_workspace(session):
        return found
    own = {str(account.id) for account in await channels.list_accounts(session, actor)}
    return [job for job in found if job.workspace_id is not None or _account_of(job) in own]


async def retry(session: AsyncSession, actor: Actor, job_id: int) -> None:
    """Raises JobNotFound, also for what another company's job is."""
    if job_id not in {job.id for job in await list_dead(session, actor)}:
        raise JobNotFound(job_id=job_id)
    await jobs.retry_dead(session, job_id)


async def retry_all(session: AsyncSession, actor: Actor) -> int:
    """How many will run again."""
    dead = await list_dead(session, actor)
    for job in dead:
        await jobs.retry_dead(session, job.id)
    return len(dead)


async def is_only_workspace(session: AsyncSession) -> bool:
    return len(await identity.list_workspaces(session)) == 1


def _account_of(job: Job) -> object:
    return job.args.get("account_id")
