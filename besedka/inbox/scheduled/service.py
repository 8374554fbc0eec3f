"""Writing scheduled replies: now, for later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.core import time
from besedka.core.ids import new_id
from besedka.identity.actor import Actor
from besedka.inbox import queries as inbox
from besedka.inbox.announcing import counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.models import Conversation, Message
from besedka.inbox.replying import queue_reply, refuse_if_unreachable
from besedka.inbox.scheduled import queries
from besedka.inbox.scheduled.announcing import announce_scheduled
from besedka.inbox.scheduled.errors import (
    ScheduledNotWaiting,
    SendTimePassed,
    SendTimeTooFar,
    TooManyScheduled,
)
from besedka.inbox.scheduled.jobs import send_scheduled
from besedka.inbox.scheduled.models import ScheduledReply, ScheduledState

_LONGEST_WAIT = timedelta(days=366)
_MOST_WAITING = 20


async def schedule_reply(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    *,
    text: str,
    send_at: datetime,
    idempotency_key: str | None = None,
) -> ScheduledReply:
    """A reply that leaves at `send_at`, unless the customer writes first.

    Who answers the talk stays as it is until then. Repeating an `idempotency_key` returns the
    first call's reply, whatever became of it. Raises ConversationClosed, ContactBlocked,
    AccountDisconnected, SendTimePassed, SendTimeTooFar, TooManyScheduled.
    """
    conversation = await inbox.conversation_for(session, actor, conversation_id, lock=True)
    if idempotency_key is not None:
        earlier = await queries.find_scheduled_under(session, conversation.id, idempotency_key)
        if earlier is not None:
            return earlier
    refuse_if_unreachable(conversation)
    _refuse_bad_time(send_at)
    if conversation.scheduled_count >= _MOST_WAITING:
        raise TooManyScheduled(conversation_id=conversation_id)
    now = time.now()
    reply = ScheduledReply(
        id=new_id(),
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.id,
        author_user_id=actor.user_id,
        author_name=actor.name,
        text=text,
        send_at=send_at,
        state=ScheduledState.WAITING,
        idempotency_key=idempotency_key,
        created_at=now,
        updated_at=now,
    )
    session.add(reply)
    await _enqueue(session, reply)
    await announce_scheduled(session, conversation)
    return reply


async def change_scheduled(
    session: AsyncSession,
    actor: Actor,
    scheduled_id: UUID,
    *,
    text: str | None,
    send_at: datetime | None,
) -> ScheduledReply:
    """Whoever changes the words is their author from then on.

    Raises ScheduledNotWaiting, SendTimePassed, SendTimeTooFar.
    """
    reply, conversation = await _waiting(session, actor, scheduled_id)
    if send_at is not None:
        _refuse_bad_time(send_at)
        reply.send_at = send_at
        await _enqueue(session, reply)
    has_new_author = text not in (None, reply.text) and reply.author_user_id != actor.user_id
    if text is not None:
        reply.text = text
    if has_new_author:
        reply.author_user_id = actor.user_id
        reply.author_name = actor.name
    reply.updated_at = time.now()
    await announce_scheduled(session, conversation)
    if has_new_author:
        before = counted_state(conversation)
        await add_mark(session, actor, conversation, "scheduled_changed", before=before)
    return reply


async def send_scheduled_now(
    session: AsyncSession, actor: Actor, scheduled_id: UUID, *, hold_s: float
) -> Sequence[Message]:
    """Let it leave as a reply of whoever asks. Raises as `queue_reply`, and ScheduledNotWaiting."""
    reply, conversation = await _waiting(session, actor, scheduled_id)
    messages = await queue_reply(session, actor, conversation.id, text=reply.text, hold_s=hold_s)
    reply.state = ScheduledState.SENT
    reply.updated_at = time.now()
    await announce_scheduled(session, conversation)
    return messages


async def remove_scheduled(
    session: AsyncSession, actor: Actor, scheduled_id: UUID
) -> ScheduledReply:
    """A person cancels what waits, or puts away what stopped itself. Removing twice is harmless.

    Raises ScheduledNotWaiting when it was sent.
    """
    reply, conversation = await _locked(session, actor, scheduled_id)
    if reply.state is ScheduledState.SENT:
        raise ScheduledNotWaiting(scheduled_id=scheduled_id)
    if reply.state is not ScheduledState.REMOVED:
        reply.state = ScheduledState.REMOVED
        reply.updated_at = time.now()
        await announce_scheduled(session, conversation)
    return reply


async def _locked(
    session: AsyncSession, actor: Actor, scheduled_id: UUID
) -> tuple[ScheduledReply, Conversation]:
    reply = await queries.scheduled_for(session, actor, scheduled_id)
    # Under the lock that a customer's message is taken in under: of the two, one is first.
    conversation = await inbox.conversation_for(session, actor, reply.conversation_id, lock=True)
    await session.refresh(reply)
    return reply, conversation


async def _waiting(
    session: AsyncSession, actor: Actor, scheduled_id: UUID
) -> tuple[ScheduledReply, Conversation]:
    reply, conversation = await _locked(session, actor, scheduled_id)
    if reply.state is not ScheduledState.WAITING:
        raise ScheduledNotWaiting(scheduled_id=scheduled_id)
    return reply, conversation


def _refuse_bad_time(send_at: datetime) -> None:
    now = time.now()
    if send_at <= now:
        raise SendTimePassed(send_at=send_at)
    if send_at > now + _LONGEST_WAIT:
        raise SendTimeTooFar(send_at=send_at)


async def _enqueue(session: AsyncSession, reply: ScheduledReply) -> None:
    # Not in the conversation's lane, where it would keep back every reply until its time.
    await jobs.enqueue(
        session,
        send_scheduled,
        run_at=reply.send_at,
        key=f"scheduled:{reply.id}",
        workspace_id=reply.workspace_id,
        scheduled_id=reply.id,
    )
