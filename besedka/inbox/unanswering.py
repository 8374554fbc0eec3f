"""What follows when an answer of ours is taken back: the customer may have none any more."""

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.events import MessageRecalled
from besedka.inbox.models import (
    Conversation,
    Message,
    Mode,
)
from besedka.inbox.waking import wake


async def announce_taken_back(
    session: AsyncSession,
    conversation: Conversation,
    message: Message,
    *,
    actor: Actor | None = None,
) -> None:
    """Tell that `message` of ours, already marked as deleted, is gone.

    If the customer has no answer without it, the talk waits again. The bot would say the same
    once more, so its talks go to the managers.
    """
    await session.flush()
    before = counted_state(conversation)
    unanswered = await message_queries.words_unanswered_without(session, message)
    is_waiting_again = (
        unanswered.words > 0
        and not conversation.is_closed
        and conversation.contact.blocked_at is None
    )
    was_bot = conversation.mode is Mode.BOT
    if is_waiting_again:
        wake(conversation)
        conversation.waiting_since = conversation.waiting_since or unanswered.since
        if message.answered_before is not None:
            # Returned to the bot, the talk gives it all that the answer had covered.
            conversation.answered_seq = min(conversation.answered_seq, message.answered_before)
    if is_waiting_again and was_bot:
        conversation.mode = Mode.MANAGER
        conversation.ownership_seq += 1  # a turn under way comes too late
        conversation.unread_count = max(conversation.unread_count, 1)
    await announce(session, MessageRecalled, conversation, before=before, message=message)
    if is_waiting_again and was_bot:
        await add_mark(
            session,
            actor,
            conversation,
            "answer_recalled",
            before=counted_state(conversation),
        )
