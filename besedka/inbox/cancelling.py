"""Stopping a person's reply before it leaves."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.identity.actor import Actor
from besedka.inbox import message_queries, queries
from besedka.inbox.attachments import service as attachments
from besedka.inbox.delivery import deliver_message, delivery_key
from besedka.inbox.drafts import take_back
from besedka.inbox.errors import MessageAlreadyLeft, MessageNotCancellable
from besedka.inbox.models import AuthorKind, Conversation, Direction, Message, MessageStatus
from besedka.inbox.unanswering import is_left_to_bot, let_bot_answer


async def cancel_message(
    session: AsyncSession, actor: Actor, message_id: UUID
) -> Sequence[Message]:
    """Take a queued reply back, with the other parts of its text; the customer saw none of it.

    The talk stays the author's, or the bot's if it was returned meanwhile, and owes again what the
    reply covered if nothing else of ours answers the customer. Cancelling twice is harmless.

    Raises MessageAlreadyLeft, MessageNotCancellable.
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
    was_answered = conversation.is_answered
    await attachments.give_back(session, parts)
    await take_back(session, conversation, parts)
    for part in parts:
        if part.held_until is not None:
            await _clear_the_lane(session, conversation, part)
    if was_answered and is_left_to_bot(conversation):
        await let_bot_answer(session, conversation)
    return parts


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
