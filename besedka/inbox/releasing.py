"""What becomes of the talks of somebody who answers customers no more."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.core import db
from besedka.identity import queries as identity
from besedka.identity.models import Role
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import Conversation
from besedka.inbox.scheduled.models import ScheduledReply, ScheduledState, StopReason
from besedka.inbox.scheduled.stopping import stop_all

_AT_ONCE = 50


@jobs.job("inbox.release_talks")
async def release_talks(workspace_id: UUID, user_id: UUID) -> None:
    """Make the user's talks nobody's: they wait for any manager, and closed ones reopen so.

    What the user wrote for later stops.
    """
    after: UUID | None = None
    while True:
        async with db.transaction() as session:
            if await identity.is_member_as(session, user_id, workspace_id, Role.MANAGER):
                await jobs.finish(session)
                return  # back already
            ids = await _talks_of(session, workspace_id, user_id, after)
            for conversation_id in ids:
                await _release(session, conversation_id, user_id)
            if len(ids) < _AT_ONCE:
                await jobs.finish(session)
                return
            after = ids[-1]


async def _talks_of(
    session: AsyncSession, workspace_id: UUID, user_id: UUID, after: UUID | None
) -> list[UUID]:
    """Those that are the user's, and those where a reply of the user waits for its time."""
    with_replies = select(ScheduledReply.conversation_id).where(
        ScheduledReply.author_user_id == user_id, ScheduledReply.state == ScheduledState.WAITING
    )
    statement = (
        select(Conversation.id)
        .where(
            Conversation.workspace_id == workspace_id,
            or_(Conversation.assignee_id == user_id, Conversation.id.in_(with_replies)),
        )
        .order_by(Conversation.id)
        .limit(_AT_ONCE)
    )
    if after is not None:
        statement = statement.where(Conversation.id > after)
    return list(await session.scalars(statement))


async def _release(session: AsyncSession, conversation_id: UUID, user_id: UUID) -> None:
    conversation = await queries.conversation_by_id(session, conversation_id, lock=True)
    if conversation.assignee_id == user_id:
        before = counted_state(conversation)
        conversation.assignee_id = None
        await session.flush()
        await session.refresh(conversation, ["assignee"])
        await announce(session, ConversationUpdated, conversation, before=before)
    await stop_all(session, conversation, StopReason.AUTHOR_LEFT, author_user_id=user_id)
