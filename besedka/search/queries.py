"""Finding the conversations, and the messages that answer in them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, func, literal, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.db import fulltext
from besedka.core.db.fulltext import Wanted
from besedka.core.paging import BadCursor, decode_cursor, encode_cursor
from besedka.identity.actor import Actor
from besedka.inbox import queries as inbox
from besedka.inbox.models import Conversation, Message, MessageStatus
from besedka.search.models import SearchDocument
from besedka.search.schemas import SearchQuery

_documents = cast(Table, SearchDocument.__table__)
# Of each conversation so many messages are looked at for the best ones.
_NEWEST_LOOKED_AT = 30


class Place(NamedTuple):
    """Where a page ended: in which tier, and at which document."""

    tier: int
    document_id: int

    @property
    def cursor(self) -> str:
        return encode_cursor(self.tier, self.document_id)


class Found(NamedTuple):
    conversation_id: UUID
    place: Place


def place_of(cursor: str | None) -> Place | None:
    """Raises BadCursor."""
    if cursor is None:
        return None
    try:
        tier, document_id = map(int, decode_cursor(cursor, length=2))
    except ValueError as error:
        raise BadCursor from error
    if not 0 <= tier < 10 or not 0 <= document_id < 2**62:
        raise BadCursor
    return Place(tier, document_id)


async def find_documents(
    session: AsyncSession,
    actor: Actor,
    tiers: Sequence[Wanted],
    query: SearchQuery,
    *,
    after: Place | None,
    size: int,
) -> list[Found]:
    """The next `size`, tier by tier, the latest first in each; one statement."""
    pages = [
        _page_of_tier(session, actor, number, wanted, query, after, size)
        for number, wanted in enumerate(tiers)
        if after is None or number >= after.tier
    ]
    if not pages:
        return []
    await fulltext.prepare(session)
    together = union_all(*(select(page) for page in pages)).subquery()
    rows = await session.execute(
        select(together).order_by(together.c.tier, together.c.id.desc()).limit(size)
    )
    return [Found(row.conversation_id, Place(row.tier, row.id)) for row in rows]


def _page_of_tier(
    session: AsyncSession,
    actor: Actor,
    number: int,
    wanted: Wanted,
    query: SearchQuery,
    after: Place | None,
    size: int,
) -> Any:
    lookup = fulltext.lookup(session, _documents, wanted)
    statement = select(
        literal_column(str(number)).label("tier"),
        lookup.id.label("id"),
        _documents.c.conversation_id,
    ).where(*lookup.where, _documents.c.workspace_id == actor.workspace_id)
    if after is not None and after.tier == number:
        statement = statement.where(lookup.id < literal(after.document_id))
    narrowing = list(inbox.narrowed_to(actor, query))
    if narrowing:
        statement = statement.join(
            Conversation, Conversation.id == _documents.c.conversation_id
        ).where(*narrowing)
    return statement.order_by(lookup.id.desc()).limit(size).subquery()


async def conversations_by_id(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID]
) -> dict[UUID, Conversation]:
    # By id alone: told of the workspace too, SQLite would rather walk all of its conversations.
    found = await session.scalars(inbox.conversations().where(Conversation.id.in_(ids)))
    return {each.id: each for each in found if each.workspace_id == actor.workspace_id}


async def messages_like(
    session: AsyncSession, conversation_ids: Sequence[UUID], pattern: str
) -> dict[UUID, list[Message]]:
    """Of each conversation the newest messages that the pattern finds, the newest first."""
    newest_first = (Message.sent_at.desc(), Message.id.desc())
    place = func.row_number().over(partition_by=Message.conversation_id, order_by=newest_first)
    ranked = (
        select(Message.id, place.label("place"))
        .where(
            Message.conversation_id.in_(conversation_ids),
            Message.deleted_at.is_(None),
            Message.status != MessageStatus.DISCARDED,
            Message.text.regexp_match(pattern),
        )
        .subquery()
    )
    wanted = select(ranked.c.id).where(ranked.c.place <= _NEWEST_LOOKED_AT)
    statement = select(Message).where(Message.id.in_(wanted)).order_by(*newest_first)
    found: dict[UUID, list[Message]] = defaultdict(list)
    for message in await session.scalars(statement):
        found[message.conversation_id].append(message)
    return found
