"""Bulk acts over HTTP."""

from fastapi import APIRouter

from besedka.identity.access import ManagerActor
from besedka.inbox.bulk import service
from besedka.inbox.bulk.schemas import BulkCreate, BulkRead, BulkResult

router = APIRouter(tags=["inbox"])


@router.post("/conversations/bulk")
async def act_on_many(data: BulkCreate, actor: ManagerActor) -> BulkRead:
    """One act on up to 200 talks, each by itself: some may be refused while the others are done."""
    outcomes = await service.act_on_many(
        actor,
        data.ids,
        data.act,
        service.BulkArguments(assignee_id=data.assignee_id, until=data.until, tag_id=data.tag_id),
    )
    return BulkRead(results=[BulkResult.of(outcome) for outcome in outcomes])
