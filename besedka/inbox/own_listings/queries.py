"""Reading listings."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.errors import ListingNotFound
from besedka.inbox.models import Listing


async def listing_for(session: AsyncSession, actor: Actor, listing_id: UUID) -> Listing:
    """The listing, if it is of the actor's workspace. Raises ListingNotFound."""
    listing = await session.scalar(
        select(Listing).where(Listing.id == listing_id, Listing.workspace_id == actor.workspace_id)
    )
    if listing is None:
        raise ListingNotFound(listing_id=listing_id)
    return listing


async def list_own_listings(
    session: AsyncSession, actor: Actor, *, limit: int
) -> Sequence[Listing]:
    """The company's own, those spoken of last first."""
    statement = (
        select(Listing)
        .where(Listing.workspace_id == actor.workspace_id, Listing.is_ours)
        .order_by(Listing.updated_at.desc(), Listing.id.desc())
        .limit(limit)
    )
    return (await session.scalars(statement)).all()
