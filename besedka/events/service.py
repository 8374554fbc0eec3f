"""Publishing: append to the log, run the subscribers, wake the readers."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db, metrics, time
from besedka.core.db import dialect
from besedka.events.base import Event
from besedka.events.models import EventRow
from besedka.events.wakeup import CHANNEL, SENDER, wake

E = TypeVar("E", bound=Event)

_subscribers: dict[type[Event], list[Callable[[AsyncSession, Any], Awaitable[None]]]] = defaultdict(
    list
)
_PUBLISHING = "events.publishing"
_SEQUENCE = "events_sequence_seq"
# Built once: building statements costs more than running them.
_APPEND = insert(cast(Table, EventRow.__table__))
_READ_AFTER = (
    select(EventRow)
    .where(EventRow.sequence > bindparam("after"), EventRow.sequence <= bindparam("through"))
    .order_by(EventRow.sequence)
    .limit(bindparam("limit"))
)


def subscribes(
    event_type: type[E],
) -> Callable[
    [Callable[[AsyncSession, E], Awaitable[None]]], Callable[[AsyncSession, E], Awaitable[None]]
]:
    """Run the function in the transaction of whoever publishes `event_type`."""

    def declare(
        subscriber: Callable[[AsyncSession, E], Awaitable[None]],
    ) -> Callable[[AsyncSession, E], Awaitable[None]]:
        _subscribers[event_type].append(subscriber)
        return subscriber

    return declare


async def publish(session: AsyncSession, event: Event) -> None:
    """Append to the log in the caller's transaction, and run the subscribers.

    Never inside a savepoint that may be rolled back: that would take back the publisher's mark.
    """
    if not session.info.get(_PUBLISHING):
        session.info[_PUBLISHING] = True
        await dialect.mark_publisher(session, _SEQUENCE)
        await dialect.notify(session, CHANNEL, SENDER)
        db.after_commit(session, lambda: _on_commit(session))
    row = {
        "workspace_id": event.workspace_id,
        "topic": event.topic,
        "type": event.type,
        "subject": event.subject,
        "payload": event.payload(),
        "created_at": time.now(),
    }
    await session.execute(_APPEND, row)
    metrics.EVENTS.labels(event.type).inc()
    for subscriber in _subscribers[type(event)]:
        await subscriber(session, event)


def _on_commit(session: AsyncSession) -> None:
    session.info.pop(_PUBLISHING, None)
    wake()


async def read_after(
    session: AsyncSession, sequence: int, *, through: int, limit: int = 500
) -> Sequence[EventRow]:
    """Events above `sequence` in their order, not beyond `through` (see `newest`)."""
    wanted = {"after": sequence, "through": through, "limit": limit}
    return (await session.scalars(_READ_AFTER, wanted)).all()


async def read_topic(
    session: AsyncSession,
    workspace_id: UUID,
    topic: str,
    *,
    after: int,
    through: int,
    limit: int = 500,
) -> Sequence[EventRow]:
    """As `read_after`, of one topic in one workspace."""
    statement = (
        select(EventRow)
        .where(*_in_topic(workspace_id, topic, after), EventRow.sequence <= through)
        .order_by(EventRow.sequence)
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def is_readable_from(
    session: AsyncSession, workspace_id: UUID, topic: str, *, after: int, at_most: int
) -> bool:
    """Whether the log still has all that came after `after`, and it is no more than `at_most`."""
    if after > await newest(session):
        return False  # a position in another log: the database was made anew
    if after + 1 < await oldest(session):
        return False
    too_many = select(EventRow.sequence).where(*_in_topic(workspace_id, topic, after))
    return await session.scalar(too_many.offset(at_most).limit(1)) is None


def _in_topic(workspace_id: UUID, topic: str, after: int) -> tuple[ColumnElement[bool], ...]:
    return (
        EventRow.workspace_id == workspace_id,
        EventRow.topic == topic,
        EventRow.sequence > after,
    )


async def newest(session: AsyncSession) -> int:
    """The number up to which the log is complete: no event at or below it can still appear."""
    return await dialect.published_through(session, "events", "sequence")


async def oldest(session: AsyncSession) -> int:
    statement = select(EventRow.sequence).order_by(EventRow.sequence).limit(1)
    return await session.scalar(statement) or 0


async def forget_before(session: AsyncSession, moment: datetime) -> None:
    """Drop old events; readers further behind are told to load everything anew.

    The last one stays, so that `newest` never goes back.
    """
    last = select(func.max(EventRow.sequence)).scalar_subquery()
    await session.execute(
        delete(EventRow).where(EventRow.created_at < moment, EventRow.sequence < last)
    )
