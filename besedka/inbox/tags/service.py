"""Making tags, and putting them on talks."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id
from besedka.identity.actor import Actor
from besedka.inbox import queries as inbox
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import Conversation
from besedka.inbox.tags import queries
from besedka.inbox.tags.errors import TagNameTaken, TooManyTags, TooManyTagsMade
from besedka.inbox.tags.events import TagDeleted, TagSaved
from besedka.inbox.tags.jobs import plan_stripping, take_from
from besedka.inbox.tags.models import ConversationTag, Tag, TagColor
from besedka.inbox.tags.schemas import TagRead

_ON_ONE_TALK = 20
_IN_ONE_COMPANY = 200


async def add_tag(session: AsyncSession, actor: Actor, *, name: str, color: TagColor) -> Tag:
    """Raises TagNameTaken, TooManyTagsMade."""
    made = await session.scalar(
        select(func.count()).where(Tag.workspace_id == actor.workspace_id, Tag.deleted_at.is_(None))
    )
    if made is not None and made >= _IN_ONE_COMPANY:
        raise TooManyTagsMade
    tag_id = new_id()
    row = {
        "id": tag_id,
        "workspace_id": actor.workspace_id,
        "name": name,
        "name_key": _key_of(name),
        "color": color,
        "created_at": time.now(),
    }
    if not await dialect.insert_missing(session, Tag, row, unique=("workspace_id", "name_key")):
        raise TagNameTaken
    tag = await queries.tag_for(session, actor, tag_id)
    await _tell(session, tag)
    return tag


async def change_tag(
    session: AsyncSession,
    actor: Actor,
    tag_id: UUID,
    *,
    name: str | None = None,
    color: TagColor | None = None,
) -> Tag:
    """Raises TagNotFound, TagNameTaken."""
    tag = await queries.tag_for(session, actor, tag_id)
    try:
        async with session.begin_nested():
            tag.color = color or tag.color
            if name is not None:
                tag.name, tag.name_key = name, _key_of(name)
    except IntegrityError as error:
        raise TagNameTaken from error
    await _tell(session, tag)
    return tag


async def delete_tag(session: AsyncSession, actor: Actor, tag_id: UUID) -> None:
    """It is gone at once; a job then takes it from the talks, however many. Raises TagNotFound."""
    tag = await queries.tag_for(session, actor, tag_id)
    tag.deleted_at = time.now()
    tag.name_key = str(tag.id)  # the name is free for a new one
    await events.publish(
        session,
        TagDeleted(workspace_id=tag.workspace_id, subject=f"tag:{tag.id}", tag_id=tag.id),
    )
    await plan_stripping(session, tag)


async def put_tag(
    session: AsyncSession, actor: Actor, conversation_id: UUID, tag_id: UUID
) -> Conversation:
    """Raises ConversationNotFound, TagNotFound, TooManyTags."""
    conversation = await inbox.conversation_for(session, actor, conversation_id, lock=True)
    tag = await queries.tag_for(session, actor, tag_id)
    if str(tag.id) in conversation.tag_ids:
        return conversation
    if len(conversation.tag_ids) >= _ON_ONE_TALK:
        raise TooManyTags
    before = counted_state(conversation)
    session.add(ConversationTag(conversation_id=conversation.id, tag_id=tag.id))
    conversation.tag_ids = [*conversation.tag_ids, str(tag.id)]
    await announce(session, ConversationUpdated, conversation, before=before)
    return conversation


async def take_tag(
    session: AsyncSession, actor: Actor, conversation_id: UUID, tag_id: UUID
) -> Conversation:
    """Raises ConversationNotFound, TagNotFound."""
    conversation = await inbox.conversation_for(session, actor, conversation_id, lock=True)
    tag = await queries.tag_for(session, actor, tag_id)
    await take_from(session, conversation, tag.id)
    return conversation


async def _tell(session: AsyncSession, tag: Tag) -> None:
    snapshot = TagRead.model_validate(tag).model_dump(mode="json")
    await events.publish(
        session,
        TagSaved(workspace_id=tag.workspace_id, subject=f"tag:{tag.id}", tag=snapshot),
    )


def _key_of(name: str) -> str:
    return name.casefold()
