"""Keeping drafts. The newer text wins, and what it replaced unseen is told to who replaced it."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import time
from besedka.core.db import dialect
from besedka.identity.actor import Actor
from besedka.inbox.reply_drafts import queries
from besedka.inbox.reply_drafts.models import ReplyDraft


class Saved(NamedTuple):
    saved_at: datetime | None
    replaced: str | None


async def save_draft(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    *,
    text: str,
    based_on: datetime | None,
) -> Saved:
    """Raises ConversationNotFound."""
    found = await queries.find_draft(session, actor, conversation_id)
    is_unseen = found is not None and found.saved_at != based_on and found.text != text
    replaced = found.text if found is not None and is_unseen else None
    if text.strip() == "":
        await session.execute(delete(ReplyDraft).where(*queries.own(actor, conversation_id)))
        return Saved(None, replaced)
    now = time.now()
    statement = dialect.insert(session, ReplyDraft).values(
        user_id=actor.user_id,
        conversation_id=conversation_id,
        workspace_id=actor.workspace_id,
        text=text,
        saved_at=now,
    )
    new = statement.excluded
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["user_id", "conversation_id"],
            set_={"text": new.text, "saved_at": new.saved_at},
        )
    )
    return Saved(now, replaced)


async def forget_sent(
    session: AsyncSession, actor: Actor, conversation_id: UUID, text: str
) -> None:
    """The draft has become a message. What was begun after it stays."""
    draft = await session.scalar(select(ReplyDraft).where(*queries.own(actor, conversation_id)))
    if draft is not None and draft.text.strip() == text.strip():
        await session.delete(draft)
