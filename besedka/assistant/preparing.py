"""What the agent is given to think about: the listing, the passages found, the talk so far."""

from collections.abc import Sequence
from uuid import UUID

from besedka.assistant import queries
from besedka.assistant.errors import ModelUnavailable
from besedka.assistant.gateway import ModelChoice
from besedka.assistant.queries import Agent
from besedka.assistant.searching import HITS_PER_QUERY, queries_for, sources_from
from besedka.assistant.talk import Briefing, Line, ListingFacts, Speaker
from besedka.core import db, time
from besedka.core.crypto import SecretUnreadable
from besedka.inbox.models import AuthorKind, Listing
from besedka.inbox.service import TurnInput, TurnListing, TurnMessage
from besedka.knowledge import indexes

_EARLIER_LINES = 40
_OURS = (AuthorKind.BOT, AuthorKind.USER, AuthorKind.ELSEWHERE)


def model_of(agent: Agent) -> ModelChoice:
    """Raises ModelUnavailable."""
    try:
        return agent.model()
    except SecretUnreadable as error:
        raise ModelUnavailable("key_unreadable", retryable=False) from error


async def brief(seen: TurnInput, agent: Agent) -> Briefing:
    """Of a talk, as it stands."""
    return await brief_on(
        agent,
        seen.workspace_id,
        listing=seen.listing,
        burst=[line_of(message) for message in seen.unanswered],
        earlier=earlier_lines(seen),
        is_greeted=has_greeted(seen),
    )


async def brief_on(
    agent: Agent,
    workspace_id: UUID,
    *,
    listing: TurnListing | Listing | None,
    burst: Sequence[Line],
    earlier: Sequence[Line],
    is_greeted: bool,
) -> Briefing:
    facts = _facts_of(listing) if listing else None
    index = await indexes.index_of(workspace_id)
    hits = index.search_all(queries_for(burst, facts), limit=HITS_PER_QUERY)
    others: list[str] = []
    if index.titles and listing is not None:
        async with db.reading() as session:
            others = await queries.titles_of_other_listings(session, workspace_id, listing.id)
    return Briefing(
        listing=facts,
        sources=sources_from(hits, facts, index.titles, others),
        earlier=earlier[-_EARLIER_LINES:],
        burst=burst,
        instructions=agent.instructions,
        has_greeted=is_greeted,
        opening=agent.opening_words(time.now()),
    )


def earlier_lines(seen: TurnInput) -> list[Line]:
    burst = {message.id for message in seen.unanswered}
    return [line_of(message) for message in seen.messages if message.id not in burst]


def line_of(message: TurnMessage) -> Line:
    speaker = {
        AuthorKind.CUSTOMER: Speaker.CUSTOMER,
        AuthorKind.BOT: Speaker.BOT,
    }.get(message.author, Speaker.PERSON)
    return Line(speaker, message.text, message.type)


def has_greeted(seen: TurnInput) -> bool:
    return any(message.author in _OURS for message in seen.messages)


def listing_id_of(seen: TurnInput) -> str | None:
    return str(seen.listing.id) if seen.listing else None


def _facts_of(listing: TurnListing | Listing) -> ListingFacts:
    return ListingFacts(
        title=listing.title,
        price_text=listing.price_text,
        price_minor=listing.price_minor,
        url=listing.url,
        status=listing.status,
        location=listing.location,
    )
