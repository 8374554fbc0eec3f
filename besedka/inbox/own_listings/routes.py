"""Listings over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from besedka.core.http import ReadSession
from besedka.identity import CurrentActor
from besedka.inbox.own_listings import queries
from besedka.inbox.snapshots import ListingRead

router = APIRouter(prefix="/listings", tags=["inbox"])


@router.get("")
async def list_listings(
    session: ReadSession,
    actor: CurrentActor,
    limit: Annotated[int, Query(ge=1, le=500)] = 200,
) -> list[ListingRead]:
    """The company's own listings that customers wrote about, those spoken of last first."""
    listings = await queries.list_own_listings(session, actor, limit=limit)
    return [ListingRead.model_validate(listing) for listing in listings]
