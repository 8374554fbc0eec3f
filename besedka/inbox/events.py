"""What happens in conversations. Each carries the snapshots that browsers need."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEvent(Event):
    topic: ClassVar[str] = "inbox"

    conversation_id: UUID
    conversation: dict[str, Any]
    before: dict[str, Any] | None = None
    """Mode, status, unread and waiting as they were: counters move by the difference."""
    message: dict[str, Any] | None = None

    def payload(self) -> dict[str, Any]:
        return {"conversation": self.conversation, "before": self.before, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationCreated(ConversationEvent):
    type: ClassVar[str] = "conversation.created"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationUpdated(ConversationEvent):
    type: ClassVar[str] = "conversation.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedToBot(ConversationUpdated):
    """Published in place of a plain update, so that the agent can answer what waits."""

    needs_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReceived(ConversationEvent):
    type: ClassVar[str] = "message.received"

    needs_turn: bool = False
    """A live message of the customer in a conversation that the bot answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQueued(ConversationEvent):
    type: ClassVar[str] = "message.queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(ConversationEvent):
    type: ClassVar[str] = "message.sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSeen(ConversationEvent):
    type: ClassVar[str] = "message.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(ConversationEvent):
    type: ClassVar[str] = "message.failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDiscarded(ConversationEvent):
    type: ClassVar[str] = "message.discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRecalled(ConversationEvent):
    type: ClassVar[str] = "message.recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageNoted(ConversationEvent):
    """A note, an activity or a hand-over card: seen by us alone."""

    type: ClassVar[str] = "message.noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRemoved(ConversationEvent):
    """The row is gone: it was never a message of its own."""

    type: ClassVar[str] = "message.removed"
