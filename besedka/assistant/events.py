"""What happens to the agent's settings."""

from dataclasses import dataclass
from typing import ClassVar

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentChanged(Event):
    """Its settings were saved. Who shows them reads them again: a model's key stays out of this."""

    type: ClassVar[str] = "agent.changed"
    topic: ClassVar[str] = "inbox"
