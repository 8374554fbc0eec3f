"""Saying whose a talk is."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity import queries as identity
from besedka.identity.actor import Actor
from besedka.identity.models import Role
from besedka.inbox import queries
from besedka.inbox.announcing import counted_state
from besedka.inbox.composing import add_mark
from besedka.inbox.drafts import take_back_drafts
from besedka.inbox.errors import AssigneeNotFound, ConversationPutAway
from besedka.inbox.models import Conversation, Mode


async def assign(
    session: AsyncSession, actor: Actor, conversation_id: UUID, *, assignee_id: UUID | None
) -> Conversation:
    """Give the talk to a colleague, or to the people with nobody named; the bot falls silent.

    Raises AssigneeNotFound, ConversationPutAway.
    """
    name = await _name_of(session, actor, assignee_id) if assignee_id else None
    conversation = await queries.conversation_for(session, actor, conversation_id, lock=True)
    if conversation.is_closed:
        raise ConversationPutAway(conversation_id=conversation_id)
    if conversation.mode is Mode.MANAGER and conversation.assignee_id == assignee_id:
        return conversation
    await take_back_drafts(session, conversation)
    before = counted_state(conversation)
    conversation.mode = Mode.MANAGER
    conversation.assignee_id = assignee_id
    conversation.ownership_seq += 1
    await session.flush()
    await session.refresh(conversation, ["assignee"])
    action = "unassigned" if assignee_id is None else "assigned"
    await add_mark(session, actor, conversation, action, before=before, to=name)
    return conversation


async def _name_of(session: AsyncSession, actor: Actor, user_id: UUID) -> str:
    colleague = await identity.find_colleague(session, actor, user_id)
    if colleague is None or not colleague.role.includes(Role.MANAGER):
        raise AssigneeNotFound(assignee_id=user_id)
    return colleague.name
