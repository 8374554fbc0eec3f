"""Bringing back into sight what was put off."""

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.inbox.announcing import counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.models import Conversation, ConversationStatus, Message

# How far before the customer's message the mark stands that this message opened the talk.
_JUST_BEFORE = timedelta(microseconds=1)


def wake(conversation: Conversation) -> bool:
    """Whether the talk was put off: it is open from here on. Nothing is announced."""
    if conversation.status is not ConversationStatus.SNOOZED:
        return False
    conversation.status = ConversationStatus.OPEN
    conversation.snoozed_until = None
    return True


async def reopen_for(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    """The customer's word opens a talk that was put away; a mark before it says so."""
    if conversation.status is ConversationStatus.OPEN:
        return
    before = counted_state(conversation)
    conversation.status = ConversationStatus.OPEN
    conversation.snoozed_until = None
    await add_mark(
        session, None, conversation, "reopened", before=before, at=message.sent_at - _JUST_BEFORE
    )
