"""Reading documents, and the passages that an index is built of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.paging import decode_cursor, decode_id, encode_cursor
from besedka.identity.actor import Actor
from besedka.knowledge.errors import DocumentNotFound
from besedka.knowledge.models import Document, DocumentChunk, KnowledgeVersion
from besedka.knowledge.retrieval import Passage

_OPENING_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ListedDocument:
    id: UUID
    title: str
    enabled: bool
    created_at: datetime
    updated_at: datetime
    opening: str
    """The first words of the text."""


async def document_for(
    session: AsyncSession, actor: Actor, document_id: UUID, *, lock: bool = False
) -> Document:
    """The document, if it is of the actor's workspace. Raises DocumentNotFound."""
    statement = select(Document).where(
        Document.id == document_id, Document.workspace_id == actor.workspace_id
    )
    if lock:
        statement = statement.with_for_update()
    document = await session.scalar(statement)
    if document is None:
        raise DocumentNotFound(document_id=document_id)
    return document


async def list_documents(
    session: AsyncSession, actor: Actor, *, limit: int, cursor: str | None
) -> tuple[Sequence[ListedDocument], str | None]:
    """A page, newest first, without the whole texts; and the cursor of the next page."""
    statement = (
        select(
            Document.id,
            Document.title,
            Document.enabled,
            Document.created_at,
            Document.updated_at,
            func.substr(Document.text, 1, _OPENING_LENGTH),
        )
        .where(Document.workspace_id == actor.workspace_id)
        .order_by(Document.id.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        (last,) = decode_cursor(cursor, length=1)
        statement = statement.where(Document.id < decode_id(last))
    rows = [ListedDocument(*row) for row in await session.execute(statement)]
    page = rows[:limit]
    return page, encode_cursor(str(page[-1].id)) if len(rows) > limit else None


async def documents_by_id(
    session: AsyncSession, actor: Actor, document_ids: Collection[UUID]
) -> dict[UUID, tuple[str, bool]]:
    """Title, and whether it is answered from, of those that are there still."""
    rows = await session.execute(
        select(Document.id, Document.title, Document.enabled).where(
            Document.id.in_(document_ids), Document.workspace_id == actor.workspace_id
        )
    )
    return {row.id: (row.title, row.enabled) for row in rows}


async def count_enabled(session: AsyncSession, actor: Actor) -> int:
    statement = select(func.count()).where(
        Document.workspace_id == actor.workspace_id, Document.enabled
    )
    return await session.scalar(statement) or 0


async def version_of(session: AsyncSession, workspace_id: UUID) -> int:
    version = await session.scalar(
        select(KnowledgeVersion.version).where(KnowledgeVersion.workspace_id == workspace_id)
    )
    return version or 0


async def passages_of(session: AsyncSession, workspace_id: UUID) -> Sequence[Passage]:
    """Every chunk that may be answered from, in a stable order."""
    statement = (
        select(
            DocumentChunk.id,
            DocumentChunk.document_id,
            Document.title,
            DocumentChunk.heading,
            DocumentChunk.text,
        )
        .join(Document, Document.id == DocumentChunk.document_id)
        .where(DocumentChunk.workspace_id == workspace_id, Document.enabled)
        .order_by(DocumentChunk.document_id, DocumentChunk.position)
    )
    return [
        Passage(row.id, row.document_id, row.title, row.heading, row.text)
        for row in await session.execute(statement)
    ]
