"""Reading scheduled replies."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.scheduled.errors import ScheduledNotFound
from besedka.inbox.scheduled.models import ScheduledReply, ScheduledState

_STOPPED_SHOWN = 20


async def scheduled_for(session: AsyncSession, actor: Actor, scheduled_id: UUID) -> ScheduledReply:
    """The reply, if it is of the actor's workspace. Raises ScheduledNotFound."""
    scheduled = await session.scalar(
        select(ScheduledReply).where(
            ScheduledReply.id == scheduled_id, ScheduledReply.workspace_id == actor.workspace_id
        )
    )
    if scheduled is None:
        raise ScheduledNotFound(scheduled_id=scheduled_id)
    return scheduled


async def find_scheduled(session: AsyncSession, scheduled_id: UUID) -> ScheduledReply | None:
    """For jobs, which act for no user."""
    return await session.get(ScheduledReply, scheduled_id, populate_existing=True)


async def find_scheduled_under(
    session: AsyncSession, conversation_id: UUID, idempotency_key: str
) -> ScheduledReply | None:
    return await session.scalar(
        select(ScheduledReply).where(
            ScheduledReply.conversation_id == conversation_id,
            ScheduledReply.idempotency_key == idempotency_key,
        )
    )


async def list_scheduled(session: AsyncSession, conversation_id: UUID) -> Sequence[ScheduledReply]:
    """Those that wait, and the newest of those that stopped themselves."""
    is_stopped = ScheduledReply.id.in_(_newest_stopped(conversation_id))
    statement = (
        select(ScheduledReply)
        .where(
            ScheduledReply.conversation_id == conversation_id,
            or_(ScheduledReply.state == ScheduledState.WAITING, is_stopped),
        )
        .order_by(ScheduledReply.send_at, ScheduledReply.id)
    )
    return (await session.scalars(statement)).all()


async def list_old_stopped(
    session: AsyncSession, conversation_id: UUID
) -> Sequence[ScheduledReply]:
    """Those that stopped themselves and are not listed any more."""
    statement = select(ScheduledReply).where(
        ScheduledReply.conversation_id == conversation_id,
        ScheduledReply.state == ScheduledState.STOPPED,
        ScheduledReply.id.not_in(_newest_stopped(conversation_id)),
    )
    return (await session.scalars(statement)).all()


def _newest_stopped(conversation_id: UUID) -> Select[UUID]:
    return (
        select(ScheduledReply.id)
        .where(
            ScheduledReply.conversation_id == conversation_id,
            ScheduledReply.state == ScheduledState.STOPPED,
        )
        .order_by(ScheduledReply.updated_at.desc(), ScheduledReply.id.desc())
        .limit(_STOPPED_SHOWN)
    )


async def count_waiting(session: AsyncSession, conversation_id: UUID) -> int:
    statement = select(func.count()).where(
        ScheduledReply.conversation_id == conversation_id,
        ScheduledReply.state == ScheduledState.WAITING,
    )
    return (await session.scalar(statement)) or 0
