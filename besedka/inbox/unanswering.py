"""What follows when an answer of ours is taken back: the customer may have none any more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.events import MessageRecalled, ReturnedToBot
from besedka.inbox.models import Conversation, Message, Mode
from besedka.inbox.waking import wake


def owed_by(conversation: Conversation) -> dict[str, Any]:
    """What the talk owes its customer, kept before something of ours settles it."""
    since = conversation.waiting_since
    return {
        "waiting_since": since.isoformat() if since else None,
        "unread_count": conversation.unread_count,
        "answered_seq": conversation.answered_seq,
        "handover": conversation.handover,
    }


def owe(conversation: Conversation, owed: dict[str, Any]) -> None:
    since = owed["waiting_since"]
    conversation.waiting_since = datetime.fromisoformat(since) if since else None
    conversation.unread_count = owed["unread_count"]
    conversation.answered_seq = owed["answered_seq"]
    if conversation.mode is Mode.MANAGER:
        conversation.handover = owed["handover"]


async def wait_again(session: AsyncSession, conversation: Conversation) -> bool:
    """Owe again what our words covered that were taken back after the last one that stands.

    A closed talk owes it once its closing is undone. Nothing is announced. Whether the customer
    waits for it now.
    """
    await session.flush()
    if conversation.contact.blocked_at is not None:
        return False
    covered = await message_queries.covered_by_nothing(session, conversation)
    if not covered:
        return False
    if not conversation.is_closed:
        owe(conversation, _together(owed_by(conversation), covered))
    elif conversation.put_away is not None:
        conversation.put_away = _together(conversation.put_away, covered)
    is_waiting = any(owed["waiting_since"] for owed in covered)
    return is_waiting and not conversation.is_closed


def _together(now: dict[str, Any], covered: Sequence[dict[str, Any]]) -> dict[str, Any]:
    every = [*covered, now]  # the earliest first
    return {
        **now,
        "waiting_since": min(
            (owed["waiting_since"] for owed in every if owed["waiting_since"]),
            key=datetime.fromisoformat,
            default=None,
        ),
        "unread_count": sum(owed["unread_count"] for owed in every),
        "answered_seq": min(owed["answered_seq"] for owed in every),
        "handover": next((owed["handover"] for owed in every[::-1] if owed["handover"]), None),
    }


def is_left_to_bot(conversation: Conversation) -> bool:
    """Whether the agent owes an answer."""
    return (
        conversation.mode is Mode.BOT
        and not conversation.is_closed
        and not conversation.is_answered
    )


async def let_bot_answer(
    session: AsyncSession, conversation: Conversation, *, needs_answer: bool = True
) -> None:
    await announce(
        session,
        ReturnedToBot,
        conversation,
        before=counted_state(conversation),
        needs_answer=needs_answer,
    )


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
    before = counted_state(conversation)
    is_waiting_again = await wait_again(session, conversation)
    was_bot = conversation.mode is Mode.BOT
    if is_waiting_again:
        wake(conversation)
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
