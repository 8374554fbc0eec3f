"""An event for tests."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.core import db
from besedka.events import Event, publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened(Event):
    type: ClassVar[str] = "test.happened"
    topic: ClassVar[str] = "inbox"

    number: int

    def payload(self) -> dict[str, Any]:
        return {"number": self.number}


def happened(workspace_id: UUID, number: int) -> Happened:
    return Happened(workspace_id=workspace_id, subject=f"test:{number}", number=number)


async def publish_all(workspace_id: UUID, *numbers: int) -> None:
    """Each in a transaction of its own."""
    for number in numbers:
        async with db.transaction() as session:
            await publish(session, happened(workspace_id, number))
