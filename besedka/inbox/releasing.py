"""What becomes of the talks of somebody who left the company."""

from uuid import UUID

from sqlalchemy import select

from besedka import jobs
from besedka.core import db
from besedka.inbox import queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationUpdated
from besedka.inbox.models import Conversation

_AT_ONCE = 50


@jobs.job("inbox.release_talks")
async def release_talks(company_id: UUID, user_id: UUID) -> None:
    """Make the user's talks nobody's: they wait for any manager, and closed ones reopen so."""
    after: UUID | None = None
    while True:
        async with db.transaction() as session:
            statement = (
                select(Conversation.id)
                .where(
                    Conversation.workspace_id == company_id,
                    Conversation.assignee_id == user_id,
                )
                .order_by(Conversation.id)
                .limit(_AT_ONCE)
            )
            if after is not None:
                statement = statement.where(Conversation.id > after)
            ids = (await session.scalars(statement)).all()
            for conversation_id in ids:
                conversation = await queries.conversation_by_id(session, conversation_id, lock=True)
                if conversation.assignee_id != user_id:
                    continue
                before = counted_state(conversation)
                conversation.assignee_id = None
                await session.flush()
                await session.refresh(conversation, ["assignee"])
                await announce(session, ConversationUpdated, conversation, before=before)
            if len(ids) < _AT_ONCE:
                await jobs.finish(session)
                return
            after = ids[-1]
