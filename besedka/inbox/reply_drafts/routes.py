"""Drafts over HTTP: each user's own."""

from uuid import UUID

from fastapi import APIRouter

from besedka.core.http import ReadSession, Session
from besedka.identity.access import CurrentActor, ManagerActor
from besedka.inbox.reply_drafts import queries, service
from besedka.inbox.reply_drafts.schemas import DraftList, DraftRead, DraftSaved, DraftUpdate

router = APIRouter(tags=["inbox"])


@router.get("/drafts")
async def list_drafts(session: ReadSession, actor: CurrentActor) -> DraftList:
    drafts = await queries.list_drafts(session, actor)
    return DraftList(items=[DraftRead.model_validate(draft) for draft in drafts])


@router.get("/conversations/{conversation_id}/draft")
async def get_draft(conversation_id: UUID, session: ReadSession, actor: CurrentActor) -> DraftRead:
    draft = await queries.find_draft(session, actor, conversation_id)
    return DraftRead(
        conversation_id=conversation_id,
        text=draft.text if draft else "",
        saved_at=draft.saved_at if draft else None,
    )


@router.put("/conversations/{conversation_id}/draft")
async def save_draft(
    conversation_id: UUID, data: DraftUpdate, session: Session, actor: ManagerActor
) -> DraftSaved:
    """Keep what stands in the field. The newer text wins; what it replaced unseen is answered."""
    saved = await service.save_draft(
        session, actor, conversation_id, text=data.text, based_on=data.based_on
    )
    return DraftSaved(
        conversation_id=conversation_id,
        text=data.text if saved.saved_at else "",
        saved_at=saved.saved_at,
        replaced=saved.replaced,
    )


@router.delete("/conversations/{conversation_id}/draft", status_code=204)
async def delete_draft(conversation_id: UUID, session: Session, actor: ManagerActor) -> None:
    await service.save_draft(session, actor, conversation_id, text="", based_on=None)
