"""What one turn sees: the listing, the passages found, the talk so far, the burst to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LISTING_SOURCE = "listing"


class Speaker(StrEnum):
    CUSTOMER = "customer"
    BOT = "bot"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Line:
    speaker: Speaker
    text: str
    type: str = "text"


@dataclass(frozen=True, slots=True)
class ListingFacts:
    title: str
    price_text: str | None = None
    price_minor: int | None = None
    url: str | None = None
    status: str = "unknown"  # active, closed, unknown
    location: str | None = None

    def as_text(self) -> str:
        price = self.price_text or ""
        if self.price_minor is not None:
            price += f" {self.price_minor / 100:.0f} ₽"
        parts = (self.title, price, self.location, self.url)
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Source:
    """A passage of a document. `id` is short, for the model to name: `d1`, `d2`, …"""

    id: str
    document_id: str
    title: str
    heading: str
    text: str
    is_of_other_goods: bool = False  # its document's title names goods, and not the listing's

    def as_text(self) -> str:
        return "\n".join(part for part in (self.title, self.heading, self.text) if part)


@dataclass(frozen=True, slots=True)
class Briefing:
    listing: ListingFacts | None
    sources: Sequence[Source]
    earlier: Sequence[Line]  # before the burst, oldest first
    burst: Sequence[Line]  # the customer's messages to answer
    instructions: str = ""  # the owner's own words
    has_greeted: bool = field(default=False)
    opening: str | None = None  # from when people answer, if the company rests now

    def own_words(self) -> list[str]:
        return [line.text for line in self.earlier if line.speaker is not Speaker.CUSTOMER]

    def customer_words(self) -> list[str]:
        said = [line.text for line in self.earlier if line.speaker is Speaker.CUSTOMER]
        return said + [line.text for line in self.burst]

    def last_answer(self) -> str | None:
        answers = [line.text for line in self.earlier if line.speaker is Speaker.BOT]
        return answers[-1] if answers else None
