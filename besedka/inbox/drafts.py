"""The agent's messages that have not left yet, and what makes them void."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.events import MessageDiscarded
from besedka.inbox.models import Conversation, Message, MessageStatus
from besedka.inbox.unanswering import wait_again


async def discard_drafts(session: AsyncSession, conversation: Conversation) -> None:
    """A person answers: nothing of the agent's that is still here may leave."""
    for message in await message_queries.unsent_drafts(session, conversation.id):
        await discard(session, conversation, message)


async def take_back_drafts(session: AsyncSession, conversation: Conversation) -> None:
    """A person acts, but answers nothing: who was to have the agent's answer waits again."""
    drafts = await message_queries.unsent_drafts(session, conversation.id)
    await take_back(session, conversation, drafts)


async def take_back(
    session: AsyncSession, conversation: Conversation, messages: Sequence[Message]
) -> None:
    """Discard words of ours that never left; who has no answer without them waits again."""
    before = counted_state(conversation)
    for message in messages:
        message.status = MessageStatus.DISCARDED
    await wait_again(session, conversation)
    for message in messages:
        await discard(session, conversation, message, before=before)
        before = counted_state(conversation)


async def rest_of(
    session: AsyncSession, conversation: Conversation, first: Message
) -> list[Message]:
    """Without its first part, the rest of an answer must not leave either."""
    return [
        message
        for message in await message_queries.unsent_drafts(session, conversation.id)
        if message.part > first.part and message.seen_inbound_seq == first.seen_inbound_seq
    ]


async def discard(
    session: AsyncSession,
    conversation: Conversation,
    message: Message,
    *,
    before: dict[str, Any] | None = None,
) -> None:
    before = before or counted_state(conversation)
    message.status = MessageStatus.DISCARDED
    message.attempted_at = None
    if conversation.last_message_id == message.id:
        await _show_previous(session, conversation)
    await announce(session, MessageDiscarded, conversation, before=before, message=message)


async def _show_previous(session: AsyncSession, conversation: Conversation) -> None:
    previous = await message_queries.last_shown_message(session, conversation.id)
    if previous is not None:
        conversation.last_message_at = None
        place_last(conversation, previous)


class Talk(Protocol):
    """What of a conversation decides whether the agent may still speak."""

    @property
    def ownership_seq(self) -> int: ...
    @property
    def inbound_seq(self) -> int: ...


class Draft(Protocol):
    """What of a message of the agent decides whether it may still leave."""

    @property
    def ownership_seq(self) -> int | None: ...
    @property
    def seen_inbound_seq(self) -> int | None: ...
    @property
    def part(self) -> int: ...


def is_void(conversation: Talk, message: Draft) -> bool:
    """Whether a message of the agent must not leave any more."""
    if message.ownership_seq is not None and message.ownership_seq != conversation.ownership_seq:
        return True
    # Once its first part has left, the rest of an answer follows whatever the customer adds.
    return (
        message.seen_inbound_seq is not None
        and message.part == 0
        and message.seen_inbound_seq != conversation.inbound_seq
    )
