"""What becomes of a scheduled reply that was on its way when the customer wrote."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.inbox import message_queries
from besedka.inbox.drafts import take_back
from besedka.inbox.models import Conversation, Message
from besedka.inbox.scheduled import queries
from besedka.inbox.scheduled.models import StopReason
from besedka.inbox.scheduled.stopping import stop


async def put_back(
    session: AsyncSession, conversation: Conversation, message: Message, scheduled_id: UUID
) -> None:
    """Take `message` back, with what is to follow it; the reply has stopped, its text is kept."""
    rest = await message_queries.later_parts(session, message)
    await take_back(session, conversation, [message, *rest])
    reply = await queries.find_scheduled(session, scheduled_id)
    if reply is not None:
        await stop(session, conversation, reply, StopReason.CUSTOMER_WROTE)
