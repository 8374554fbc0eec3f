"""Phone numbers that people write into their messages."""

import re
from collections.abc import Iterable

# A price or a mileage has no such length, a card or a passport no such beginning.
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+\s?7|8|7)[\s(.-]*)?\(?9\d{2}[\s).-]*\d{3}[\s.-]*\d{2}[\s.-]*\d{2}(?![\d-])"
)
_NUMBER_LENGTH = 10


def phones_in(texts: Iterable[str]) -> list[str]:
    """Russian mobile numbers as `+79161234567`, each once, in the order they were met."""
    found: dict[str, None] = {}
    for text in texts:
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            found[f"+7{digits[-_NUMBER_LENGTH:]}"] = None
    return list(found)
