"""Looking over a running server, for one company."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from besedka.channels import queries as channels
from besedka.channels.models import ChannelAccount
from besedka.core import db, recent
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
class Overview:
    findings: Sequence[Finding]
    accounts: Sequence[ChannelAccount]
    counts: dict[JobState, int]
    oldest_due_at: datetime | None
    troubles: Sequence[Trouble]


async def look_over(actor: Actor) -> Overview:
    settings = get_settings()
    # Files are read: not in the event loop, and not while a connection is held.
    on_settings = await asyncio.to_thread(running.settings_findings, settings)
    async with db.reading() as session:
        accounts = await channels.list_accounts(session, actor)
        counts = await jobs.count_by_state(session, await dead_jobs.own_jobs(session, actor))
        oldest = await claiming.oldest_due_at(session)
        on_model = await running.model_finding(session, actor.workspace_id)
        is_alone = await dead_jobs.is_only_workspace(session)
    own = {str(actor.workspace_id), *(str(account.id) for account in accounts)}
    return Overview(
        findings=[
            *on_settings,
            *running.channel_findings(accounts, settings),
            on_model,
            running.jobs_finding(counts.get(JobState.DEAD, 0), oldest),
        ],
        accounts=accounts,
        counts=counts,
        oldest_due_at=oldest,
        troubles=_own_troubles(recent.recent_troubles(), None if is_alone else own),
    )


def _own_troubles(troubles: Iterable[Trouble], own: set[str] | None) -> list[Trouble]:
    """Where several companies share the server, those that name this one or its accounts."""
    shown = [each for each in troubles if own is None or own & set(each.ids.values())]
    return shown[:_MOST_TROUBLES]
