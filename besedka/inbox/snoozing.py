"""Putting a talk off until a moment, or until the customer writes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.core import db, time
from besedka.identity.actor import Actor
from besedka.inbox import queries
from besedka.inbox.announcing import counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.errors import ConversationPutAway, SnoozeTimeRefused
from besedka.inbox.models import Conversation, ConversationStatus
from besedka.inbox.waking import wake

_AT_MOST = timedelta(days=366)


async def snooze(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, until: datetime
) -> Conversation:
    """Take the talk out of sight until then. The bot goes on answering it if it is the bot's.

    Raises SnoozeTimeRefused, ConversationPutAway.
    """
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if not time.now() < until <= time.now() + _AT_MOST:
        raise SnoozeTimeRefused
    if conversation.is_closed:
        raise ConversationPutAway(conversation_id=conversation_id)
    if conversation.snoozed_until == until:
        return conversation
    before = counted_state(conversation)
    conversation.status = ConversationStatus.SNOOZED
    conversation.snoozed_until = until
    await add_mark(session, actor, conversation, "snoozed", before=before, until=until.isoformat())
    await jobs.enqueue(
        session,
        wake_conversation,
        run_at=until,
        key=f"wake:{conversation.id}",
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.id,
    )
    return conversation


async def unsnooze(session: AsyncSession, actor: Actor, conversation_id: UUID) -> Conversation:
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    before = counted_state(conversation)
    if wake(conversation):
        await add_mark(session, actor, conversation, "woken", before=before)
    return conversation


@jobs.job("inbox.wake_conversation")
async def wake_conversation(conversation_id: UUID) -> None:
    """The time has come: the talk stands at the head of its column, unread."""
    async with db.transaction() as session:
        conversation = await queries.conversation_by_id(session, conversation_id, lock=True)
        until, now = conversation.snoozed_until, time.now()
        if until is None or until > now:
            return  # it came back by itself, or was put off for longer
        before = counted_state(conversation)
        wake(conversation)
        conversation.unread_count = max(conversation.unread_count, 1)
        conversation.last_activity_at = max(conversation.last_activity_at, now)
        await add_mark(session, None, conversation, "woken", before=before)
