"""The documents that the assistant answers from."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from besedka.core.http import ReadSession, Session
from besedka.core.paging import Page
from besedka.identity import AdminActor, CurrentActor
from besedka.knowledge import queries, service
from besedka.knowledge.schemas import (
    DocumentCreate,
    DocumentRead,
    DocumentSummary,
    DocumentUpdate,
)

router = APIRouter(prefix="/documents", tags=["knowledge"])


@router.get("")
async def list_documents(
    session: ReadSession,
    actor: CurrentActor,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    cursor: str | None = None,
) -> Page[DocumentSummary]:
    page, following = await queries.list_documents(session, actor, limit=limit, cursor=cursor)
    items = [DocumentSummary.model_validate(document) for document in page]
    return Page[DocumentSummary](items=items, next_cursor=following)


@router.post("", status_code=201)
async def add_document(data: DocumentCreate, session: Session, actor: AdminActor) -> DocumentRead:
    document = await service.add_document(
        session, actor, title=data.title, text=data.text, enabled=data.enabled
    )
    return DocumentRead.model_validate(document)


@router.get("/{document_id}")
async def read_document(
    document_id: UUID, session: ReadSession, actor: CurrentActor
) -> DocumentRead:
    return DocumentRead.model_validate(await queries.document_for(session, actor, document_id))


@router.put("/{document_id}")
async def replace_document(
    document_id: UUID, data: DocumentUpdate, session: Session, actor: AdminActor
) -> DocumentRead:
    document = await service.replace_document(
        session, actor, document_id, title=data.title, text=data.text, enabled=data.enabled
    )
    return DocumentRead.model_validate(document)


@router.delete("/{document_id}", status_code=204)
async def delete_document(document_id: UUID, session: Session, actor: AdminActor) -> None:
    await service.delete_document(session, actor, document_id)
