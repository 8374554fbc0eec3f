"""Whether what a channel tells of a chat is news, before anything is locked or written.

A sweep asks this of every chat where something happened, and mostly nothing was missed.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import (
    ChatSnapshot,
    InboundMessage,
    MessageType,
)
from besedka.channels.models import ChannelAccount
from besedka.contacts.models import Contact
from besedka.inbox.listings import FACTS, facts_of
from besedka.inbox.models import Conversation, Listing, Message, MessageStatus


async def is_news(
    session: AsyncSession,
    account: ChannelAccount,
    chat: ChatSnapshot,
    messages: Sequence[InboundMessage],
) -> bool:
    shown = await session.execute(
        select(Contact.name, Contact.avatar_url, Listing.external_id, *FACTS)
        .select_from(Conversation)
        .join(Contact, Contact.id == Conversation.contact_id)
        .outerjoin(Listing, Listing.id == Conversation.listing_id)
        .where(
            Conversation.account_id == account.id,
            Conversation.external_id == chat.external_id,
            Conversation.enriched_at.is_not(None),
        )
    )
    row = shown.one_or_none()
    if row is None:
        # A chat that somebody opened and said nothing in is no conversation yet.
        return bool(messages) or chat.last_message is not None
    name, avatar_url, listing_id, *kept = row
    if (chat.contact_name or name, chat.contact_avatar_url or avatar_url) != (name, avatar_url):
        return True
    if chat.listing is not None:
        told = chat.listing.external_id, *facts_of(chat.listing).values()
        if told != (listing_id, *kept):
            return True
    return await _tells_more(session, account, messages)


async def _tells_more(
    session: AsyncSession, account: ChannelAccount, messages: Sequence[InboundMessage]
) -> bool:
    statement = select(
        Message.external_id, Message.status, Message.deleted_at, Message.quote
    ).where(
        Message.account_id == account.id,
        Message.external_id.in_([told.external_id for told in messages]),
    )
    known = {row.external_id: row for row in await session.execute(statement)}
    for told in messages:
        row = known.get(told.external_id)
        if row is None:
            return True
        if told.read_at is not None and row.status is MessageStatus.SENT:
            return True
        if told.type is MessageType.DELETED and row.deleted_at is None:
            return True
        if told.quote is not None and row.quote is None:
            return True
    return False
