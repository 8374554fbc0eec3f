"""What development does to a company."""

from dataclasses import dataclass
from typing import ClassVar

from besedka.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEmptied(Event):
    """No event of a talk tells that it is gone: whoever watches reads everything again."""

    type: ClassVar[str] = "stream.reload"
    topic: ClassVar[str] = "inbox"
