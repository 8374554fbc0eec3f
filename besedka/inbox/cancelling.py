"""Stopping a person's reply before it leaves."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.identity.actor import Actor
from besedka.inbox import message_queries, queries
from besedka.inbox.announcing import counted_state
from besedka.inbox.attachments import service as attachments
from besedka.inbox.delivery import deliver_message, delivery_key
from besedka.inbox.drafts import discard
from besedka.inbox.errors import MessageAlreadyLeft, MessageNotCancellable
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    Message,
    MessageStatus,
)


async def cancel_message(
    session: AsyncSession, actor: Actor, message_id: UUID
) -> Sequence[Message]:
    """Take a queued reply back, with the other parts of its text; the customer saw none of it.

    The talk stays the author's, and waits again if nothing else answers the customer. Cancelling
    twice is harmless. Raises MessageAlreadyLeft, MessageNotCancellable.
    """
    message = await message_queries.message_for(session, actor, message_id)
    # Under the lock that a delivery begins under: of the two, one is first.
    conversation = await queries.conversation_for(
        session, actor, message.conversation_id, lock=True
    )
    if message.author is not AuthorKind.USER or message.direction is not Direction.OUT:
        raise MessageNotCancellable(message_id=message_id)
    parts = await message_queries.parts_of(session, message)
    if all(part.status is MessageStatus.DISCARDED for part in parts):
        return parts
    if any(
        part.status is not MessageStatus.QUEUED or part.attempted_at is not None for part in parts
    ):
        raise MessageAlreadyLeft(message_id=message_id)
    before = counted_state(conversation)
    for part in parts:
        part.status = MessageStatus.DISCARDED
    await attachments.give_back(session, parts)
    await session.flush()
    await _wait_again(session, conversation, parts[0])
    for part in parts:
        await discard(session, conversation, part, before=before)
        before = counted_state(conversation)
        if part.held_until is not None:
            await _clear_the_lane(session, conversation, part)
    return parts


async def _wait_again(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    if conversation.status is ConversationStatus.CLOSED or conversation.contact.blocked_at:
        return
    unanswered = await message_queries.words_unanswered_without(session, message)
    if unanswered.words == 0:
        return
    conversation.waiting_since = unanswered.since
    if message.answered_before is not None:
        # Returned to the bot, the talk gives it all that the reply had covered.
        conversation.answered_seq = min(conversation.answered_seq, message.answered_before)


async def _clear_the_lane(
    session: AsyncSession, conversation: Conversation, message: Message
) -> None:
    """Let the delivery find out now that nothing is left to do: the next one stands behind it."""
    await jobs.enqueue(
        session,
        deliver_message,
        lane=conversation.lane,
        key=delivery_key(message),
        workspace_id=conversation.workspace_id,
        message_id=message.id,
    )
