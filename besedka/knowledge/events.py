"""What happens to documents."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeChanged(Event):
    """A document was added, changed or deleted."""

    type: ClassVar[str] = "knowledge.changed"
    topic: ClassVar[str] = "inbox"

    document_id: UUID
    change: str  # added, updated, deleted

    def payload(self) -> dict[str, Any]:
        return {"document_id": str(self.document_id), "change": self.change}
