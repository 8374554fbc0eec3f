"""Texts that come from outside."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints


def _without_nul(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value


StorableText = Annotated[str, BeforeValidator(_without_nul)]
"""A text of a request, without NUL: PostgreSQL keeps none."""
# A pattern, since the least length would be measured before the blanks are cut.
FilledText = Annotated[StorableText, StringConstraints(strip_whitespace=True, pattern=r"\S")]
"""A text with something to read in it, without the blanks around."""
