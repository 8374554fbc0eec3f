"""Reading tags."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox.tags.errors import TagNotFound
from besedka.inbox.tags.models import ConversationTag, Tag
from besedka.inbox.tags.schemas import TagUse


async def list_tags(session: AsyncSession, actor: Actor) -> Sequence[Tag]:
    statement = (
        select(Tag)
        .where(Tag.workspace_id == actor.workspace_id, Tag.deleted_at.is_(None))
        .order_by(Tag.name_key)
    )
    return (await session.scalars(statement)).all()


async def count_uses(session: AsyncSession, actor: Actor) -> list[TagUse]:
    """How many talks carry each tag, closed ones too."""
    statement = (
        select(Tag.id, func.count(ConversationTag.conversation_id))
        .outerjoin(ConversationTag, ConversationTag.tag_id == Tag.id)
        .where(Tag.workspace_id == actor.workspace_id, Tag.deleted_at.is_(None))
        .group_by(Tag.id)
    )
    rows = await session.execute(statement)
    return [TagUse(tag_id=tag_id, conversations=count) for tag_id, count in rows]


async def tag_for(session: AsyncSession, actor: Actor, tag_id: UUID) -> Tag:
    """The tag, if it is of the actor's workspace. Raises TagNotFound."""
    tag = await session.scalar(
        select(Tag).where(
            Tag.id == tag_id, Tag.workspace_id == actor.workspace_id, Tag.deleted_at.is_(None)
        )
    )
    if tag is None:
        raise TagNotFound(tag_id=tag_id)
    return tag
