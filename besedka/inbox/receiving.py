"""Taking in the messages that the channels tell, echoes of our own among them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import (
    InboundAuthor,
    InboundMessage,
    MessageType,
)
from besedka.channels.models import ChannelAccount
from besedka.channels.receiver import Source
from besedka.core import time
from besedka.inbox import message_queries, queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.composing import add_mark, incoming, quote_of
from besedka.inbox.drafts import discard_drafts
from besedka.inbox.echoes import match_own
from besedka.inbox.events import (
    ConversationUpdated,
    MessageRecalled,
    MessageReceived,
    MessageSeen,
)
from besedka.inbox.history import settle_history
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    Direction,
    Message,
    MessageStatus,
    Mode,
)
from besedka.inbox.opening import open_conversation
from besedka.inbox.scheduled.models import StopReason
from besedka.inbox.scheduled.stopping import stop_all
from besedka.inbox.unanswering import announce_taken_back, owed_by
from besedka.inbox.waking import reopen_for


async def receive(
    session: AsyncSession,
    account: ChannelAccount,
    messages: Sequence[InboundMessage],
    *,
    source: Source,
) -> int:
    """Write what is new; how many messages were new. Safe to repeat with the same messages."""
    told = {message.external_id: message for message in messages}
    if not told:
        return 0
    chats: dict[str, list[InboundMessage]] = defaultdict(list)
    for message in messages:
        if told.get(message.external_id) is message:
            chats[message.chat_external_id].append(message)
    conversations = await queries.conversations_of_chats(session, account.id, chats)
    for chat_id, chat_messages in chats.items():
        if chat_id not in conversations:
            conversations[chat_id] = await open_conversation(session, account, chat_messages)
    known = await message_queries.messages_by_external_id(session, account.id, list(told))
    new = 0
    for chat_id, chat_messages in chats.items():
        conversation = conversations[chat_id]
        last_id = conversation.last_message_id
        for message in sorted(chat_messages, key=lambda told_message: told_message.sent_at):
            if message.external_id in known:
                await _compare(session, conversation, known[message.external_id], message)
            else:
                await _take_in(session, account, conversation, message, source)
                new += 1
        if source is Source.HISTORY and conversation.last_message_id != last_id:
            await settle_history(session, account, conversation)
    return new


async def _take_in(
    session: AsyncSession,
    account: ChannelAccount,
    conversation: Conversation,
    told: InboundMessage,
    source: Source,
) -> None:
    # Also when the history is loaded: a customer who writes at that very moment is no history.
    is_live = told.sent_at >= account.live_since
    if told.author is InboundAuthor.OWN and await match_own(session, conversation, told):
        return
    message = incoming(conversation, told, source)
    asks = message.author is AuthorKind.CUSTOMER and _may_ask(conversation, message)
    was_answered = asks and await _was_answered_elsewhere(session, conversation, message)
    counts = asks and is_live
    if counts and not was_answered:
        await reopen_for(session, conversation, message)
    session.add(message)
    before = counted_state(conversation)
    place_last(conversation, message)
    needs_turn = False
    if counts and was_answered:
        _count_as_answered(conversation)
    elif counts:
        needs_turn = _count_customer_message(conversation, message)
    elif is_live and message.author is AuthorKind.ELSEWHERE and not message.deleted_at:
        await _give_to_person_elsewhere(session, conversation, message, before)
        return
    await announce(
        session,
        MessageReceived,
        conversation,
        before=before,
        message=message,
        needs_turn=needs_turn,
    )
    if asks and not was_answered:
        # The agent answers no history; but who wrote for later had not read what came after.
        written_before = None if is_live else message.sent_at
        await stop_all(
            session, conversation, StopReason.CUSTOMER_WROTE, written_before=written_before
        )


def _may_ask(conversation: Conversation, message: Message) -> bool:
    return message.deleted_at is None and conversation.contact.blocked_at is None


async def _was_answered_elsewhere(
    session: AsyncSession, conversation: Conversation, message: Message
) -> bool:
    """Whether a late message stood in the channel's own app when a person of ours wrote there.

    If newer words of the customer wait, it waits with them; an answer of the agent that has not
    left yet may still be discarded, so what it answers waits too.
    """
    newest = conversation.last_message_at
    is_late = newest is not None and message.sent_at < newest
    return (
        is_late
        and conversation.is_answered
        and await message_queries.has_word_elsewhere_after(
            session, conversation.id, message.sent_at
        )
        and not await message_queries.has_queued_answer(session, conversation.id)
    )


def _count_as_answered(conversation: Conversation) -> None:
    conversation.inbound_seq += 1
    conversation.answered_seq = conversation.inbound_seq


def _count_customer_message(conversation: Conversation, message: Message) -> bool:
    """Whether the agent should take a turn."""
    conversation.unread_count += 1
    conversation.inbound_seq += 1
    if conversation.waiting_since is None:
        conversation.waiting_since = message.sent_at
    return conversation.mode is Mode.BOT


async def _give_to_person_elsewhere(
    session: AsyncSession,
    conversation: Conversation,
    message: Message,
    before: dict[str, Any],
) -> None:
    """A person on our side answered in the channel's own app: the agent falls silent.

    We may hear of it late, when the customer has written again: then the customer still waits.
    """
    later, later_since = await message_queries.customer_words_after(
        session, conversation.id, message.sent_at
    )
    was_bot = conversation.mode is Mode.BOT
    message.owed_before = owed_by(conversation)
    conversation.mode = Mode.MANAGER
    conversation.ownership_seq += 1
    conversation.answered_seq = conversation.inbound_seq
    conversation.waiting_since = later_since if conversation.waiting_since else None
    conversation.unread_count = min(conversation.unread_count, later)
    await announce(session, MessageReceived, conversation, before=before, message=message)
    await discard_drafts(session, conversation)
    if was_bot:
        await add_mark(
            session,
            None,
            conversation,
            "answered_elsewhere",
            before=counted_state(conversation),
            at=message.sent_at,
            external_id=message.external_id,
        )


async def _compare(
    session: AsyncSession, conversation: Conversation, message: Message, told: InboundMessage
) -> None:
    """A message that we have: was it read or deleted since, and does it answer another?"""
    before = counted_state(conversation)
    if told.quote is not None and message.quote is None and message.deleted_at is None:
        message.quote = quote_of(told)  # webhooks do not tell it
        await announce(session, ConversationUpdated, conversation, before=before, message=message)
    if told.type is MessageType.DELETED and message.deleted_at is None:
        message.deleted_at = time.now()
        if message.direction is Direction.OUT:
            await announce_taken_back(session, conversation, message)
            return
        if message.author is AuthorKind.CUSTOMER:
            await _stop_waiting(session, conversation)
        await announce(session, MessageRecalled, conversation, before=before, message=message)
    elif told.read_at is not None and message.status is MessageStatus.SENT:
        message.status = MessageStatus.READ
        await announce(session, MessageSeen, conversation, before=before, message=message)


async def _stop_waiting(session: AsyncSession, conversation: Conversation) -> None:
    """The customer took a word back: if nothing else of theirs is open, nobody waits."""
    await session.flush()
    last = await message_queries.last_word(session, conversation.id)
    if last is None or last.author is not AuthorKind.CUSTOMER:
        conversation.waiting_since = None
        conversation.unread_count = 0
        conversation.answered_seq = conversation.inbound_seq
