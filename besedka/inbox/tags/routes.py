"""Tags over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from besedka.core.http import ReadSession, Session
from besedka.identity.access import AdminActor, CurrentActor, ManagerActor
from besedka.inbox.snapshots import ConversationRead
from besedka.inbox.tags import queries, service
from besedka.inbox.tags.schemas import TagCreate, TagRead, TagUpdate, TagUse

router = APIRouter(tags=["inbox"])


@router.get("/tags")
async def list_tags(session: ReadSession, actor: CurrentActor) -> list[TagRead]:
    """By name."""
    return [TagRead.model_validate(tag) for tag in await queries.list_tags(session, actor)]


@router.get("/tags/uses")
async def count_tag_uses(session: ReadSession, actor: CurrentActor) -> list[TagUse]:
    """How many talks carry each tag, closed ones too."""
    return await queries.count_uses(session, actor)


@router.post("/tags", status_code=201)
async def add_tag(data: TagCreate, session: Session, actor: ManagerActor) -> TagRead:
    tag = await service.add_tag(session, actor, name=data.name, color=data.color)
    return TagRead.model_validate(tag)


@router.patch("/tags/{tag_id}")
async def change_tag(tag_id: UUID, data: TagUpdate, session: Session, actor: AdminActor) -> TagRead:
    tag = await service.change_tag(session, actor, tag_id, name=data.name, color=data.color)
    return TagRead.model_validate(tag)


@router.delete("/tags/{tag_id}", status_code=204)
async def delete_tag(tag_id: UUID, session: Session, actor: AdminActor) -> None:
    """Delete it, and take it from every talk."""
    await service.delete_tag(session, actor, tag_id)


@router.put("/conversations/{conversation_id}/tags/{tag_id}")
async def put_tag(
    conversation_id: UUID, tag_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.put_tag(session, actor, conversation_id, tag_id))


@router.delete("/conversations/{conversation_id}/tags/{tag_id}")
async def take_tag(
    conversation_id: UUID, tag_id: UUID, session: Session, actor: ManagerActor
) -> ConversationRead:
    return ConversationRead.of(await service.take_tag(session, actor, conversation_id, tag_id))
