"""What happens to channel accounts."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelAccountUpdated(Event):
    type: ClassVar[str] = "channel_account.updated"
    topic: ClassVar[str] = "inbox"

    account_id: UUID
    account: dict[str, Any]

    def payload(self) -> dict[str, Any]:
        return {"account": self.account}
