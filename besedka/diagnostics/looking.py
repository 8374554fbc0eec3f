"""Looking over a running server, for one company."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import queries as channels
from besedka.channels.models import ChannelAccount
from besedka.core import recent
from besedka.core.recent import Trouble
from besedka.core.settings import get_settings
from besedka.diagnostics import dead_jobs, running
from besedka.diagnostics.finding import Finding
from besedka.identity.actor import Actor
from besedka.jobs import claiming
from besedka.jobs import service as jobs
from besedka.jobs.models import JobState

_MOST_TROUBLES = 50


@dataclass(frozen=True, slots=True)
class Picture:
    findings: Sequence[Finding]
    accounts: Sequence[ChannelAccount]
    counts: dict[JobState, int]
    oldest_due_at: datetime | None
    dead: int
    troubles: Sequence[Trouble]


async def look_over(session: AsyncSession, actor: Actor) -> Picture:
    settings = get_settings()
    accounts = await channels.list_accounts(session, actor)
    dead = len(await dead_jobs.list_dead(session, actor))
    findings = [
        *running.settings_findings(settings),
        *running.channel_findings(accounts, settings),
        await running.model_finding(session, actor.workspace_id),
        await running.jobs_finding(session, dead),
    ]
    is_alone = await dead_jobs.is_only_workspace(session)
    own = {str(actor.workspace_id), *(str(account.id) for account in accounts)}
    return Picture(
        findings=findings,
        accounts=accounts,
        counts=await jobs.count_by_state(session),
        oldest_due_at=await claiming.oldest_due_at(session),
        dead=dead,
        troubles=_own_troubles(recent.recent_troubles(), None if is_alone else own),
    )


def _own_troubles(troubles: Iterable[Trouble], own: set[str] | None) -> list[Trouble]:
    """Where several companies share the server, those that name this one or its accounts."""
    shown = [each for each in troubles if own is None or own & set(each.ids.values())]
    return shown[:_MOST_TROUBLES]
