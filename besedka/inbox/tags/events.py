"""What happens to tags themselves; that a talk has got one is told by its own snapshot."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSaved(Event):
    type: ClassVar[str] = "tag.saved"
    topic: ClassVar[str] = "inbox"

    tag: dict[str, Any]

    def payload(self) -> dict[str, Any]:
        return {"tag": self.tag}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagDeleted(Event):
    type: ClassVar[str] = "tag.deleted"
    topic: ClassVar[str] = "inbox"

    tag_id: UUID

    def payload(self) -> dict[str, Any]:
        return {"tag_id": str(self.tag_id)}
