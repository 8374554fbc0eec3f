"""What makes scheduled replies stop themselves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import time
from besedka.inbox.announcing import counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.models import Conversation
from besedka.inbox.scheduled import queries
from besedka.inbox.scheduled.announcing import announce_scheduled
from besedka.inbox.scheduled.models import ScheduledReply, ScheduledState, StopReason


async def stop_all(
    session: AsyncSession,
    conversation: Conversation,
    reason: StopReason,
    *,
    written_before: datetime | None = None,
    author_user_id: UUID | None = None,
) -> Sequence[ScheduledReply]:
    """Nothing that waits in this talk may leave any more; the texts are kept. What was stopped.

    With `written_before`, only what was written before that moment; with `author_user_id`, only
    what that user wrote. Costs no query where nothing waits. The conversation must be locked.
    """
    if conversation.scheduled_count == 0:
        return ()
    waiting = [
        reply
        for reply in await queries.list_scheduled(session, conversation.id)
        if reply.state is ScheduledState.WAITING
        and (written_before is None or reply.created_at < written_before)
        and (author_user_id is None or reply.author_user_id == author_user_id)
    ]
    for reply in waiting:
        _stop(reply, reason)
    if waiting:
        await _tell(session, conversation, reason)
    return waiting


async def revive(
    session: AsyncSession, conversation: Conversation, scheduled_ids: Sequence[UUID]
) -> None:
    """What stopped itself by mistake waits again, unless its time has passed meanwhile."""
    stopped = [
        reply
        for reply in await queries.list_scheduled(session, conversation.id)
        if reply.id in scheduled_ids
        and reply.state is ScheduledState.STOPPED
        and reply.send_at > time.now()
    ]
    for reply in stopped:  # their jobs stand until their time
        reply.state = ScheduledState.WAITING
        reply.stop_reason = None
        reply.updated_at = time.now()
    if stopped:
        await announce_scheduled(session, conversation)


async def stop(
    session: AsyncSession, conversation: Conversation, reply: ScheduledReply, reason: StopReason
) -> None:
    _stop(reply, reason)
    await _tell(session, conversation, reason)


def _stop(reply: ScheduledReply, reason: StopReason) -> None:
    reply.state = ScheduledState.STOPPED
    reply.stop_reason = reason
    reply.updated_at = time.now()


async def _tell(session: AsyncSession, conversation: Conversation, reason: StopReason) -> None:
    await session.flush()
    for reply in await queries.list_old_stopped(session, conversation.id):
        reply.state = ScheduledState.REMOVED  # nobody took its text back for a long time
        reply.updated_at = time.now()
    await announce_scheduled(session, conversation)
    await add_mark(
        session,
        None,
        conversation,
        "scheduled_stopped",
        before=counted_state(conversation),
        reason=reason,
    )
