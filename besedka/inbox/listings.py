"""What a channel tells of a listing, and how it is kept."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import ListingSnapshot
from besedka.channels.models import ChannelAccount
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.inbox.models import Listing

FACTS = (
    Listing.title,
    Listing.price_text,
    Listing.price_minor,
    Listing.currency,
    Listing.url,
    Listing.image_url,
    Listing.status,
    Listing.location,
    Listing.is_ours,
)
_PRICE_LENGTH = 100


def facts_of(listing: Listing | ListingSnapshot) -> dict[str, Any]:
    """The facts by name, as the database keeps them: what is told and what is kept compare."""
    facts = {column.key: getattr(listing, column.key) for column in FACTS}
    facts["price_text"] = (listing.price_text or "")[:_PRICE_LENGTH] or None
    return facts


async def keep_listing(
    session: AsyncSession, account: ChannelAccount, told: ListingSnapshot
) -> tuple[Listing, bool]:
    """The listing as it is told, and whether what was known of it before is different."""
    of_account = Listing.account_id == account.id
    statement = select(Listing).where(of_account, Listing.external_id == told.external_id)
    facts = facts_of(told)
    listing = await session.scalar(statement)
    is_changed = listing is not None and facts_of(listing) != facts
    if listing is None:
        await dialect.insert_missing(
            session,
            Listing,
            {
                "id": new_id(),
                "workspace_id": account.workspace_id,
                "account_id": account.id,
                "external_id": told.external_id,
                "updated_at": time.now(),
                **facts,
            },
            unique=("account_id", "external_id"),
        )
        listing = (await session.scalars(statement)).one()
    for name, value in facts.items():
        setattr(listing, name, value)
    listing.updated_at = time.now()
    return listing, is_changed
