"""Reading drafts: each user's own alone."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox import queries as inbox
from besedka.inbox.reply_drafts.models import ReplyDraft

_PREVIEW = 200
_LISTED = 500


def own(actor: Actor, conversation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return ReplyDraft.user_id == actor.user_id, ReplyDraft.conversation_id == conversation_id


async def find_draft(
    session: AsyncSession, actor: Actor, conversation_id: UUID
) -> ReplyDraft | None:
    await inbox.conversation_for(session, actor, conversation_id)
    return await session.scalar(select(ReplyDraft).where(*own(actor, conversation_id)))


async def list_drafts(
    session: AsyncSession, actor: Actor
) -> Sequence[Row[tuple[UUID, str, datetime]]]:
    """The actor's own, the newest first, shortened."""
    statement = (
        select(
            ReplyDraft.conversation_id,
            func.substr(ReplyDraft.text, 1, _PREVIEW).label("text"),
            ReplyDraft.saved_at,
        )
        .where(ReplyDraft.user_id == actor.user_id, ReplyDraft.workspace_id == actor.workspace_id)
        .order_by(ReplyDraft.saved_at.desc())
        .limit(_LISTED)
    )
    return (await session.execute(statement)).all()
