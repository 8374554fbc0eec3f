"""Conversations that we hear of for the first time, and what the channel tells of a chat."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels.adapters.base import ChatSnapshot, InboundAuthor, InboundMessage
from besedka.channels.models import ChannelAccount
from besedka.contacts import service as contacts
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.enriching import enrich_conversation
from besedka.inbox.events import ConversationCreated, ConversationUpdated
from besedka.inbox.listings import facts_of, keep_listing
from besedka.inbox.models import Conversation, ConversationStatus, Mode
from besedka.inbox.showing import show_in_other_conversations, show_listing


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


async def open_conversation(
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
