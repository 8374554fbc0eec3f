"""Reading single fields of payloads that come in more shapes than the specification has."""

import json
import math
from datetime import UTC, datetime
from typing import Any

from besedka.core.time import now

_MILLISECONDS_FROM = 100_000_000_000  # as seconds, this is the year 5138
_EARLIEST = 100_000_000  # 1973; anything less is a flag or a mistake, not a time
_LONGEST_ID = 255


def load_json(body: bytes) -> Any:
    """The JSON value, made safe to store; raises ValueError for anything that is not JSON."""
    try:
        return _storable(json.loads(body))
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _storable(value: Any) -> Any:
    # PostgreSQL refuses NUL, lone surrogates and numbers without a value, in text and in JSON.
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def read_object(value: Any, name: str) -> dict[str, Any]:
    """The object under `name`, or {} when there is none."""
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def read_rows(value: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a bare array, or of the array under `name`."""
    rows = value.get(name) if isinstance(value, dict) else value
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def read_text(value: Any, *names: str) -> str:
    """The first of the fields that holds text, or ""."""
    for name in names:
        found = value.get(name) if isinstance(value, dict) else None
        if isinstance(found, str) and found.strip():
            return found
    return ""


def read_id(value: Any, name: str) -> str:
    """An id given as number or text; "" for none, null and 0-length."""
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, bool):
        return ""
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    if isinstance(found, int):
        # Python refuses to print integers of thousands of digits; no id is that long.
        return str(found) if found.bit_length() <= 64 else ""
    if isinstance(found, str) and len(found.strip()) <= _LONGEST_ID:
        return found.strip()
    return ""


def read_url(value: Any, *names: str) -> str | None:
    """A web address; null for other schemes, since a browser would run `javascript:`."""
    address = read_text(value, *names).strip()
    if not address or any(sign.isspace() for sign in address):
        return None
    scheme, separator, _ = address.partition("://")
    if separator:
        return address if scheme.lower() in ("http", "https") else None
    if address.startswith("//"):
        return f"https:{address}"
    return None if ":" in address.split("/")[0] else f"https://{address}"


def read_urls(value: Any, name: str) -> dict[str, str]:
    """Pictures by size, {"640x480": url}."""
    sizes = read_object(value, name)
    urls = {size: read_url(sizes, size) for size in sizes}
    return {size: url for size, url in urls.items() if url is not None}


def largest(sizes: dict[str, str], *, up_to: int | None = None) -> str | None:
    """The widest picture, of those no wider than `up_to` when there are such."""
    widths = {size: _width(size) for size in sizes}
    fitting = [size for size in sizes if up_to is None or widths[size] <= up_to]
    best = max(fitting or sizes, key=lambda size: widths[size], default=None)
    return None if best is None else sizes[best]


def _width(size: str) -> int:
    width = size.partition("x")[0]
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else 0


def read_flag(value: Any, *names: str) -> bool:
    found = next((value[name] for name in names if name in value), False)
    return found is True or found == 1 or str(found).lower() == "true"


def read_number(value: Any, name: str) -> float | None:
    found = value.get(name) if isinstance(value, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float | str):
        return None
    try:
        number = float(found)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def read_time(value: Any, name: str) -> datetime | None:
    """Unix seconds, milliseconds, either as text, or RFC 3339."""
    number = read_number(value, name)
    if number is None:
        return _read_rfc3339(read_text(value, name))
    if number >= _MILLISECONDS_FROM:
        number /= 1000
    if not _EARLIEST <= number < _MILLISECONDS_FROM:
        return None
    return datetime.fromtimestamp(number, UTC)


def _read_rfc3339(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def first_time(*moments: datetime | None) -> datetime:
    """The first known of the moments; without any, the time of reading."""
    return next((moment for moment in moments if moment is not None), None) or now()
