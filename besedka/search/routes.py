"""The search over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from besedka.core.http import ReadSession
from besedka.identity.access import CurrentActor
from besedka.search import service
from besedka.search.schemas import SearchPage, SearchQuery

router = APIRouter(tags=["search"])


@router.get("/search")
async def search(
    session: ReadSession, actor: CurrentActor, query: Annotated[SearchQuery, Query()]
) -> SearchPage:
    """Conversations by names, numbers, listings and what was said, open and closed alike."""
    return await service.search(session, actor, query)
