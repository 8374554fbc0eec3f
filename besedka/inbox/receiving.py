"""Taking in what the channels tell: messages, echoes of our own, names and listings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels.adapters.base import (
    ChatSnapshot,
    InboundAuthor,
    InboundMessage,
    MessageType,
)
from besedka.channels.models import ChannelAccount
from besedka.channels.receiver import Source
from besedka.contacts import service as contacts
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.inbox import message_queries, queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.composing import add_mark, incoming, quote_of
from besedka.inbox.drafts import discard_drafts
from besedka.inbox.echoes import match_own
from besedka.inbox.enriching import enrich_conversation
from besedka.inbox.events import (
    ConversationCreated,
    ConversationUpdated,
    MessageRecalled,
    MessageReceived,
    MessageSeen,
)
from besedka.inbox.listings import facts_of, keep_listing
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    Message,
    MessageStatus,
    Mode,
)
from besedka.inbox.scheduled.models import StopReason
from besedka.inbox.scheduled.stopping import stop_all
from besedka.inbox.showing import show_in_other_conversations, show_listing
from besedka.inbox.unanswering import announce_taken_back, owed_by

# A talk found at connecting whose last word is a customer's waits for a person if it is recent.
_HISTORY_WAITS_FOR = timedelta(days=3)
# How far before the customer's message the mark stands that this message opened the talk.
_JUST_BEFORE = timedelta(microseconds=1)


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
            conversations[chat_id] = await _open(session, account, chat_messages)
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
            await _settle_history(session, account, conversation)
    return new


async def refresh_chat(session: AsyncSession, account: ChannelAccount, chat: ChatSnapshot) -> None:
    """Bring contact and listing up to date with what the channel tells of a chat."""
    found = await queries.conversations_of_chats(session, account.id, [chat.external_id])
    conversation = found.get(chat.external_id)
    is_new = False
    if conversation is None:
        conversation, is_new = await _insert_conversation(
            session, account, chat.external_id, chat.chat_type, chat.contact_external_id
        )
    before = counted_state(conversation)
    shown = (
        conversation.contact.name,
        conversation.contact.avatar_url,
        conversation.listing_id,
        conversation.listing and facts_of(conversation.listing),
    )
    if chat.contact_external_id is not None:
        conversation.contact = await contacts.identify(
            session, account, conversation.contact, chat.contact_external_id
        )
    await contacts.update_from_channel(
        session,
        conversation.contact,
        account_id=account.id,
        name=chat.contact_name,
        avatar_url=chat.contact_avatar_url,
        profile_url=chat.contact_profile_url,
    )
    is_renamed = bool(shown[0]) and shown[0] != conversation.contact.name
    is_repriced = False
    if chat.listing is not None:
        conversation.listing, is_repriced = await keep_listing(session, account, chat.listing)
        show_listing(conversation, conversation.listing)
    conversation.enriched_at = time.now()
    changed = shown != (
        conversation.contact.name,
        conversation.contact.avatar_url,
        conversation.listing_id,
        conversation.listing and facts_of(conversation.listing),
    )
    if is_new:
        conversation.last_activity_at = chat.updated_at
        await announce(session, ConversationCreated, conversation, before=None)
    elif changed:
        await announce(session, ConversationUpdated, conversation, before=before)
    if is_renamed or is_repriced:
        await jobs.enqueue(
            session,
            show_in_other_conversations,
            key=f"show:{conversation.id}",
            workspace_id=account.workspace_id,
            conversation_id=conversation.id,
        )


async def _open(
    session: AsyncSession, account: ChannelAccount, messages: Sequence[InboundMessage]
) -> Conversation:
    """A conversation that we hear of for the first time; the channel is asked for the rest."""
    customer = next((m for m in messages if m.author is InboundAuthor.CUSTOMER), None)
    conversation, is_new = await _insert_conversation(
        session,
        account,
        messages[0].chat_external_id,
        messages[0].chat_type,
        customer.author_external_id if customer else None,
    )
    if not is_new:
        return conversation
    await announce(session, ConversationCreated, conversation, before=None)
    await jobs.enqueue(
        session,
        enrich_conversation,
        key=f"enrich:{conversation.id}",
        workspace_id=account.workspace_id,
        conversation_id=conversation.id,
    )
    return conversation


async def _insert_conversation(
    session: AsyncSession,
    account: ChannelAccount,
    chat_id: str,
    chat_type: str,
    contact_external_id: str | None,
) -> tuple[Conversation, bool]:
    """The conversation, and whether it was made here and not by another process just now."""
    # A chat of which only our own or the system's words are known has no contact yet: the chat
    # itself stands for it until the channel tells who it is.
    contact = await contacts.contact_on_channel(
        session, account, contact_external_id or f"chat:{chat_id}"
    )
    now = time.now()
    is_new = await dialect.insert_missing(
        session,
        Conversation,
        {
            "id": new_id(),
            "workspace_id": account.workspace_id,
            "account_id": account.id,
            "contact_id": contact.id,
            "external_id": chat_id,
            "chat_type": chat_type,
            "mode": Mode.BOT,
            "status": ConversationStatus.OPEN,
            "last_activity_at": now,
            "created_at": now,
        },
        unique=("account_id", "external_id"),
    )
    found = await queries.conversations_of_chats(session, account.id, [chat_id])
    return found[chat_id], is_new


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
        await _reopen(session, conversation, message)
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


async def _reopen(session: AsyncSession, conversation: Conversation, message: Message) -> None:
    """The customer's word opens a talk that was put away; a mark before it says so."""
    if conversation.status is ConversationStatus.OPEN:
        return
    before = counted_state(conversation)
    conversation.status = ConversationStatus.OPEN
    conversation.snoozed_until = None
    await add_mark(
        session, None, conversation, "reopened", before=before, at=message.sent_at - _JUST_BEFORE
    )


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


async def _settle_history(
    session: AsyncSession, account: ChannelAccount, conversation: Conversation
) -> None:
    """Leave a recent unanswered talk from before us to a person; the agent never answers it."""
    last = await message_queries.last_word(session, conversation.id)
    if last is None or last.author is not AuthorKind.CUSTOMER:
        return
    moment = last.sent_at
    is_history = moment < account.live_since
    if not is_history or time.now() - moment > _HISTORY_WAITS_FOR or conversation.waiting_since:
        return
    await _reopen(session, conversation, last)
    before = counted_state(conversation)
    conversation.mode = Mode.MANAGER
    conversation.ownership_seq += 1
    conversation.waiting_since = moment
    conversation.unread_count = max(conversation.unread_count, 1)
    await announce(session, ConversationUpdated, conversation, before=before)
