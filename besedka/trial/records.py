"""What the product recorded, read from its database."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.assistant.models import Outcome as TurnOutcome
from besedka.assistant.models import Turn as TurnRow
from besedka.channels.receiver import Source
from besedka.core import time
from besedka.core.db import Database
from besedka.inbox.models import AuthorKind, Conversation, Direction, Message
from besedka.jobs.models import Job, JobState
from besedka.trial.evidence import Outcome, StoredAuthor, StoredMessage, Turn

_FOUND_IN_HISTORY = frozenset({Source.SWEEP, Source.PREFLIGHT, Source.HISTORY})
_OUTCOMES = {
    TurnOutcome.ANSWERED: Outcome.ANSWERED,
    TurnOutcome.HANDED_OVER: Outcome.HANDED_OVER,
    TurnOutcome.SKIPPED: Outcome.SKIPPED,
}
# A job due later than this is kept for another day, not still to do.
_SOON = timedelta(seconds=60)


class Records:
    """Reads beside the running server, never writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def conversations(self) -> dict[str, str]:
        """Chat ids of the channel by conversation id."""
        async with self._database.reading() as session:
            rows = await session.execute(select(Conversation.id, Conversation.external_id))
            return {str(conversation_id): chat_id for conversation_id, chat_id in rows}

    async def open_jobs(self) -> Counter[str]:
        """Names of the jobs that wait or run now, without the periodic ones."""
        async with self._database.reading() as session:
            rows = await session.execute(
                select(Job.name, Job.key).where(
                    Job.state.in_((JobState.PENDING, JobState.RUNNING)),
                    Job.run_at < time.now() + _SOON,
                )
            )
            return Counter(name for name, key in rows if not (key or "").startswith("periodic:"))

    async def dead_jobs(self) -> list[str]:
        async with self._database.reading() as session:
            rows = await session.execute(
                select(Job.name, Job.error).where(Job.state == JobState.DEAD).order_by(Job.id)
            )
            return [f"job {name} died: {error}" for name, error in rows]

    async def stored(self) -> list[StoredMessage]:
        """Rows that came from the channel or were meant for it."""
        statement = select(
            Message.id,
            Message.account_id,
            Message.author,
            Message.status,
            Message.external_id,
            Message.turn_id,
            Message.part,
            Message.source,
        ).where(Message.direction != Direction.INTERNAL)
        async with self._database.reading() as session:
            return [
                StoredMessage(
                    id=str(row.id),
                    account_id=str(row.account_id),
                    author=StoredAuthor(row.author),
                    status=row.status,
                    external_id=row.external_id,
                    turn_id=str(row.turn_id) if row.turn_id is not None else None,
                    part=row.part,
                    is_recovered=row.source in _FOUND_IN_HISTORY,
                )
                for row in await session.execute(statement)
            ]

    async def turns(self) -> list[Turn]:
        async with self._database.reading() as session:
            live = await _live_messages(session)
            rows = await session.scalars(select(TurnRow).order_by(TurnRow.id))
            return [
                Turn(
                    id=str(row.id),
                    chat_id=live[row.conversation_id].chat_id,
                    outcome=_OUTCOMES.get(row.outcome, Outcome.OTHER),
                    ended_at=row.finished_at.timestamp(),
                    seen=frozenset(live[row.conversation_id].message_ids[: row.seen_inbound_seq]),
                    model_s=row.seconds,
                )
                for row in rows
            ]


@dataclass(slots=True)
class LiveMessages:
    """Channel ids of a conversation's live messages of the customer, in the order in which
    `inbound_seq` counted them."""

    chat_id: str
    message_ids: list[str] = field(default_factory=list)


async def _live_messages(session: AsyncSession) -> dict[UUID, LiveMessages]:
    chats = await session.execute(select(Conversation.id, Conversation.external_id))
    live = {conversation_id: LiveMessages(chat_id) for conversation_id, chat_id in chats}
    statement = (
        select(Message.conversation_id, Message.external_id)
        .where(Message.author == AuthorKind.CUSTOMER, Message.source != Source.HISTORY)
        .order_by(Message.created_at, Message.id)
    )
    for conversation_id, external_id in await session.execute(statement):
        if external_id is not None:
            live[conversation_id].message_ids.append(external_id)
    return live


@asynccontextmanager
async def reading(database_url: str) -> AsyncIterator[Records]:
    database = Database(database_url, pool_size=2)
    try:
        yield Records(database)
    finally:
        await database.close()
