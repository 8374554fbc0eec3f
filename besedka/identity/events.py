"""What happens to a company and to who belongs to it."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEvent(Event):
    topic: ClassVar[str] = "inbox"

    user_id: UUID

    def payload(self) -> dict[str, Any]:
        return {"user_id": str(self.user_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(MemberEvent):
    type: ClassVar[str] = "member.joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberUpdated(MemberEvent):
    """The name or the role."""

    type: ClassVar[str] = "member.updated"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(MemberEvent):
    type: ClassVar[str] = "member.removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceUpdated(Event):
    type: ClassVar[str] = "workspace.updated"
    topic: ClassVar[str] = "inbox"
