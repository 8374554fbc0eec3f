"""Whose turn it is: the talk that an operator should answer next."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.identity.actor import Actor
from besedka.inbox import queries, sorting
from besedka.inbox.models import IS_WAITING, Conversation, ConversationStatus, Mode
from besedka.inbox.schemas import ConversationSort


async def find_next_waiting(
    session: AsyncSession, actor: Actor, *, after: UUID | None = None
) -> Conversation | None:
    """Of what is the actor's or nobody's, the talk that waits longest.

    With `after`, the one that stands behind it in that order; behind the last stands the first.
    Raises ConversationNotFound.
    """
    if after is None:
        return await _first(session, actor)
    anchor = await queries.conversation_for(session, actor, after)
    if anchor.waiting_since is not None:
        cursor = sorting.cursor_after(ConversationSort.WAITING, anchor)
        found = await _first(session, actor, cursor=cursor)
        if found is not None:
            return found
    return await _first(session, actor, Conversation.id != after)


async def _first(
    session: AsyncSession, actor: Actor, *where: ColumnElement[bool], cursor: str | None = None
) -> Conversation | None:
    fits = (
        Conversation.workspace_id == actor.workspace_id,
        Conversation.status == ConversationStatus.OPEN,
        IS_WAITING,
        or_(Conversation.assignee_id == actor.user_id, Conversation.assignee_id.is_(None)),
        *where,
    )
    ids = sorting.ids_of_page(fits, [Mode.MANAGER], ConversationSort.WAITING, cursor, size=1)
    return await session.scalar(queries.conversations().where(Conversation.id.in_(ids)))
