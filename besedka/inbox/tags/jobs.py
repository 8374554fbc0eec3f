"""Taking a tag from the talks that carry it."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.core import db
from besedka.inbox import queries as inbox
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import Conversation
from besedka.inbox.tags.models import ConversationTag, Tag

_STRIPPED_AT_ONCE = 50


@jobs.job("inbox.strip_tag")
async def strip_tag(tag_id: UUID) -> None:
    """Take a deleted tag from some of its talks, and come again while it has any."""
    async with db.transaction() as session:
        tag = await session.get(Tag, tag_id)
        if tag is None or tag.deleted_at is None:
            return
        found = await session.scalars(
            select(ConversationTag.conversation_id)
            .where(ConversationTag.tag_id == tag_id)
            .order_by(ConversationTag.conversation_id)
            .limit(_STRIPPED_AT_ONCE)
        )
        carriers = found.all()
        for conversation_id in carriers:
            conversation = await inbox.conversation_by_id(session, conversation_id, lock=True)
            await take_from(session, conversation, tag_id)
        if carriers:
            await plan_stripping(session, tag)
        else:
            await session.delete(tag)


async def plan_stripping(session: AsyncSession, tag: Tag) -> None:
    await jobs.enqueue(
        session,
        strip_tag,
        key=f"strip-tag:{tag.id}",
        workspace_id=tag.workspace_id,
        tag_id=tag.id,
    )


async def take_from(session: AsyncSession, conversation: Conversation, tag_id: UUID) -> None:
    # The row goes whatever its copy says: a row that stays would bring the job back for ever.
    await session.execute(
        delete(ConversationTag).where(
            ConversationTag.conversation_id == conversation.id, ConversationTag.tag_id == tag_id
        )
    )
    if str(tag_id) not in conversation.tag_ids:
        return
    before = counted_state(conversation)
    conversation.tag_ids = [known for known in conversation.tag_ids if known != str(tag_id)]
    await announce(session, ConversationUpdated, conversation, before=before)
