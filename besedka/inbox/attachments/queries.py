"""Reading attachments."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.errors import AttachmentNotFound
from besedka.inbox.models import Attachment


async def attachment_for(session: AsyncSession, actor: Actor, attachment_id: UUID) -> Attachment:
    """The attachment, if it is of the actor's workspace. Raises AttachmentNotFound."""
    attachment = await session.scalar(
        select(Attachment).where(
            Attachment.id == attachment_id, Attachment.workspace_id == actor.workspace_id
        )
    )
    if attachment is None:
        raise AttachmentNotFound(attachment_id=attachment_id)
    return attachment


async def attachments_of_conversation(
    session: AsyncSession, conversation_id: UUID, ids: Sequence[UUID]
) -> dict[UUID, Attachment]:
    """Those of `ids` that were brought for this conversation."""
    rows = await session.scalars(
        select(Attachment).where(
            Attachment.conversation_id == conversation_id, Attachment.id.in_(ids)
        )
    )
    return {attachment.id: attachment for attachment in rows}


async def attachments_of_messages(
    session: AsyncSession, message_ids: Iterable[UUID]
) -> dict[UUID, Attachment]:
    """By the message that carries them."""
    rows = await session.scalars(
        select(Attachment).where(Attachment.message_id.in_(list(message_ids)))
    )
    return {row.message_id: row for row in rows if row.message_id is not None}


async def unsent_attachments(
    session: AsyncSession, before: datetime, *, limit: int
) -> Sequence[Attachment]:
    """Brought before `before`, oldest first, and never sent."""
    statement = (
        select(Attachment).where(*_unsent(before)).order_by(Attachment.created_at).limit(limit)
    )
    return (await session.scalars(statement)).all()


async def delete_unsent(
    session: AsyncSession, before: datetime, ids: Iterable[UUID]
) -> Sequence[UUID]:
    """Those of `ids` that are gone now: what was sent meanwhile stays."""
    statement = (
        delete(Attachment)
        .where(*_unsent(before), Attachment.id.in_(list(ids)))
        .returning(Attachment.id)
    )
    return (await session.scalars(statement)).all()


def _unsent(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return Attachment.message_id.is_(None), Attachment.created_at < before


async def known_ids(session: AsyncSession, ids: Iterable[UUID]) -> set[UUID]:
    return set(await session.scalars(select(Attachment.id).where(Attachment.id.in_(list(ids)))))
