"""How a change among the scheduled replies of a talk reaches every screen."""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.events import ConversationEvent
from besedka.inbox.models import Conversation
from besedka.inbox.scheduled import queries
from besedka.inbox.scheduled.models import ScheduledReply
from besedka.inbox.scheduled.schemas import ScheduledRead

# Letters. The event goes to every screen, with all replies of the talk.
_TOLD = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledChanged(ConversationEvent):
    type: ClassVar[str] = "conversation.scheduled"

    scheduled: list[dict[str, Any]] = field(default_factory=list)
    """What waits or stopped itself, as a browser shows it; of a long text, with `is_cut`, the
    beginning: the whole is to be asked for."""

    def payload(self) -> dict[str, Any]:
        return {
            "conversation": self.conversation,
            "before": self.before,
            "message": self.message,
            "scheduled": self.scheduled,
        }


async def announce_scheduled(session: AsyncSession, conversation: Conversation) -> None:
    await session.flush()
    conversation.scheduled_count = await queries.count_waiting(session, conversation.id)
    replies = await queries.list_scheduled(session, conversation.id)
    await announce(
        session,
        ScheduledChanged,
        conversation,
        before=counted_state(conversation),
        scheduled=[_told(reply) for reply in replies],
    )


def _told(reply: ScheduledReply) -> dict[str, Any]:
    told = ScheduledRead.model_validate(reply).model_dump(mode="json")
    if len(reply.text) <= _TOLD:
        return told
    return told | {"text": reply.text[:_TOLD], "is_cut": True}
