"""What a conversation shows of its contact and its listing, and keeping that true everywhere."""

from uuid import UUID

from sqlalchemy import or_, select

from besedka import jobs
from besedka.core import db
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.errors import ConversationNotFound
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import NO_PRICE, Conversation, Listing


def show_listing(conversation: Conversation, listing: Listing) -> None:
    conversation.listing_id = listing.id
    price = listing.price_minor
    conversation.listing_price = NO_PRICE if price is None else price


@jobs.job("inbox.show_in_other_conversations")
async def show_in_other_conversations(conversation_id: UUID) -> None:
    """Tell of the other talks with the same contact or about the same listing, one by one.

    The contact has another name by now, or the listing another title or price.
    """
    async with db.reading() as session:
        first = await queries.conversation_by_id(session, conversation_id)
        same = [Conversation.contact_id == first.contact_id]
        if first.listing_id is not None:
            same.append(Conversation.listing_id == first.listing_id)
        others = select(Conversation.id).where(or_(*same), Conversation.id != first.id)
        ids = (await session.scalars(others.order_by(Conversation.id))).all()
    for other_id in ids:
        await _show_anew(other_id)


async def _show_anew(conversation_id: UUID) -> None:
    async with db.transaction() as session:
        try:
            conversation = await queries.conversation_by_id(session, conversation_id, lock=True)
        except ConversationNotFound:
            return
        before = counted_state(conversation)
        if conversation.listing is not None:
            show_listing(conversation, conversation.listing)
        await announce(session, ConversationUpdated, conversation, before=before)
