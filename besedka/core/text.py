"""Texts that come from outside."""

from typing import Annotated

from pydantic import BeforeValidator


def _without_nul(value: object) -> object:
    return value.replace("\0", "") if isinstance(value, str) else value


StorableText = Annotated[str, BeforeValidator(_without_nul)]
"""A text of a request, without NUL: PostgreSQL keeps none."""
