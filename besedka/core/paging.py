"""Lists are read page by page, each page from a cursor that the one before returned."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel

from besedka.core.errors import AppError


class BadCursor(AppError):
    code = "bad_cursor"
    status = 400
    title = "Неверный указатель страницы"


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: Sequence[T]
    next_cursor: str | None = None


def encode_cursor(*parts: str | int | None) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def decode_moment(part: str) -> datetime:
    """A cursor's time. Raises BadCursor."""
    try:
        moment = datetime.fromisoformat(part)
    except ValueError as error:
        raise BadCursor from error
    if moment.tzinfo is None:
        raise BadCursor
    return moment


def decode_id(part: str) -> UUID:
    """A cursor's id. Raises BadCursor."""
    try:
        return UUID(part)
    except ValueError as error:
        raise BadCursor from error


def decode_cursor(cursor: str, *, length: int) -> list[str]:
    """The parts of a cursor as text. Raises BadCursor unless there are exactly `length` of them."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = json.loads(base64.urlsafe_b64decode(padded))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursor from error
    if not isinstance(parts, list) or len(parts) != length:
        raise BadCursor
    return ["" if part is None else str(part) for part in parts]
