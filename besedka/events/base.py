"""What an event is."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, in the past tense, with the snapshot that readers need."""

    type: ClassVar[str]
    topic: ClassVar[str]

    workspace_id: UUID
    subject: str

    def payload(self) -> dict[str, Any]:
        """What the log keeps and browsers get, ready for JSON."""
        return {}
