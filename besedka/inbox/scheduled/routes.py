"""Scheduled replies over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from besedka.core.http import IdempotencyKey, ReadSession, Session
from besedka.identity.access import CurrentActor, ManagerActor
from besedka.inbox import queries as inbox
from besedka.inbox.scheduled import queries, service
from besedka.inbox.scheduled.schemas import (
    ScheduledCreate,
    ScheduledList,
    ScheduledRead,
    ScheduledSend,
    ScheduledUpdate,
)
from besedka.inbox.schemas import MessageList
from besedka.inbox.snapshots import MessageRead

router = APIRouter(tags=["inbox"])


@router.get("/conversations/{conversation_id}/scheduled")
async def list_scheduled(
    conversation_id: UUID, session: ReadSession, actor: CurrentActor
) -> ScheduledList:
    """What waits for its time, and what stopped itself because the customer wrote first."""
    conversation = await inbox.conversation_for(session, actor, conversation_id)
    replies = await queries.list_scheduled(session, conversation.id)
    return ScheduledList(
        items=[ScheduledRead.model_validate(reply) for reply in replies],
        version=conversation.version,
    )


@router.post("/conversations/{conversation_id}/scheduled", status_code=201)
async def schedule_reply(
    conversation_id: UUID,
    data: ScheduledCreate,
    session: Session,
    actor: ManagerActor,
    idempotency_key: IdempotencyKey = None,
) -> ScheduledRead:
    """Write a reply that leaves later, unless the customer writes first."""
    reply = await service.schedule_reply(
        session,
        actor,
        conversation_id,
        text=data.text,
        send_at=data.send_at,
        idempotency_key=idempotency_key,
    )
    return ScheduledRead.model_validate(reply)


@router.patch("/scheduled/{scheduled_id}")
async def change_scheduled(
    scheduled_id: UUID, data: ScheduledUpdate, session: Session, actor: ManagerActor
) -> ScheduledRead:
    reply = await service.change_scheduled(
        session, actor, scheduled_id, text=data.text, send_at=data.send_at
    )
    return ScheduledRead.model_validate(reply)


@router.post("/scheduled/{scheduled_id}/send-now", status_code=201)
async def send_scheduled_now(
    scheduled_id: UUID, data: ScheduledSend, session: Session, actor: ManagerActor
) -> MessageList:
    messages = await service.send_scheduled_now(session, actor, scheduled_id, hold_s=data.hold_s)
    return MessageList(items=[MessageRead.of(message) for message in messages])


@router.delete("/scheduled/{scheduled_id}")
async def remove_scheduled(
    scheduled_id: UUID, session: Session, actor: ManagerActor
) -> ScheduledRead:
    """Cancel one that waits, or put away one that stopped itself; its text comes back."""
    return ScheduledRead.model_validate(
        await service.remove_scheduled(session, actor, scheduled_id)
    )
