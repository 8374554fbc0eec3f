"""Keeping documents. Every change cuts the text anew and moves the workspace's version."""

from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.identity.actor import Actor
from besedka.knowledge import queries
from besedka.knowledge.chunking import chunk
from besedka.knowledge.events import KnowledgeChanged
from besedka.knowledge.models import Document, DocumentChunk, KnowledgeVersion


async def add_document(
    session: AsyncSession, actor: Actor, *, title: str, text: str, enabled: bool = True
) -> Document:
    now = time.now()
    document = Document(
        id=new_id(),
        workspace_id=actor.workspace_id,
        title=title,
        text=text,
        enabled=enabled,
        created_at=now,
        updated_at=now,
    )
    session.add(document)
    await session.flush()
    await _cut(session, document)
    await _announce(session, document, "added")
    return document


async def replace_document(
    session: AsyncSession, actor: Actor, document_id: UUID, *, title: str, text: str, enabled: bool
) -> Document:
    document = await queries.document_for(session, actor, document_id, lock=True)
    is_cut = document.text == text
    document.title, document.text, document.enabled = title, text, enabled
    document.updated_at = time.now()
    await session.flush()
    if not is_cut:
        await _cut(session, document)
    await _announce(session, document, "updated")
    return document


async def delete_document(session: AsyncSession, actor: Actor, document_id: UUID) -> None:
    document = await queries.document_for(session, actor, document_id, lock=True)
    await session.delete(document)
    await session.flush()
    await _announce(session, document, "deleted")


async def _cut(session: AsyncSession, document: Document) -> None:
    await session.execute(delete(DocumentChunk).where(DocumentChunk.document_id == document.id))
    rows = [
        {
            "id": new_id(),
            "workspace_id": document.workspace_id,
            "document_id": document.id,
            "position": position,
            "heading": piece.heading,
            "text": piece.text,
        }
        for position, piece in enumerate(chunk(document.text))
    ]
    if rows:
        await session.execute(insert(DocumentChunk), rows)


async def _announce(session: AsyncSession, document: Document, change: str) -> None:
    statement = dialect.insert(session, KnowledgeVersion).values(
        workspace_id=document.workspace_id, version=1
    )
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id"], set_={"version": KnowledgeVersion.version + 1}
        )
    )
    await events.publish(
        session,
        KnowledgeChanged(
            workspace_id=document.workspace_id,
            subject=f"document:{document.id}",
            document_id=document.id,
            change=change,
        ),
    )
