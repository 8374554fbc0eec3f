"""The orders that conversations are listed in, and the cursors that lead on from a page.

Every order is one or more stretches, one after another, each of which an index holds in the very
order that is asked for: a page is read from where its cursor points, however deep that is.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    literal,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from besedka.core.paging import BadCursor, decode_cursor, decode_id, decode_moment, encode_cursor
from besedka.inbox.errors import CursorOfAnotherSort
from besedka.inbox.models import Conversation, Mode
from besedka.inbox.schemas import ConversationSort

_LATEST = (Conversation.last_activity_at, Conversation.id)
_PINNED_FIRST = (Conversation.is_pinned, *_LATEST)
_DEAREST_FIRST = (Conversation.listing_price, *_LATEST)


class _Stretch(NamedTuple):
    where: tuple[ColumnElement[bool], ...]
    order: tuple[ColumnElement[Any], ...]


def order_of(sort: ConversationSort) -> tuple[ColumnElement[Any], ...]:
    if sort is ConversationSort.WAITING:
        return (Conversation.waiting_since.asc().nulls_last(), *_descending(_LATEST))
    return _descending(_DEAREST_FIRST if sort is ConversationSort.PRICE else _PINNED_FIRST)


def ids_of_page(
    fits: Sequence[ColumnElement[bool]],
    modes: Sequence[Mode],
    sort: ConversationSort,
    cursor: str | None,
    *,
    size: int,
) -> Select[Any]:
    """Ids that hold the next `size` conversations. Raises BadCursor, CursorOfAnotherSort."""
    stretches = list(_stretches(sort, _parts_of(cursor, sort)))
    # A size as a parameter would leave the planner in doubt whether a page or all is wanted.
    limit: ColumnElement[int] = literal_column(str(size))
    pages = [
        select(Conversation.id)
        .where(*fits, Conversation.mode == mode, *stretch.where)
        .order_by(*stretch.order)
        .limit(limit)
        .subquery()
        for mode in modes
        for stretch in stretches
    ]
    return select(union_all(*(select(page.c.id) for page in pages)).subquery().c.id)


def cursor_after(sort: ConversationSort, last: Conversation) -> str:
    """The cursor of the page that goes on after `last`."""
    first: str | int | None = int(last.is_pinned)
    if sort is ConversationSort.WAITING:
        first = last.waiting_since.isoformat() if last.waiting_since else None
    elif sort is ConversationSort.PRICE:
        first = last.listing_price
    return encode_cursor(sort, first, last.last_activity_at.isoformat(), str(last.id))


def _parts_of(cursor: str | None, sort: ConversationSort) -> list[str] | None:
    if cursor is None:
        return None
    cursor_sort, *parts = decode_cursor(cursor, length=4)
    if cursor_sort not in tuple(ConversationSort):
        raise BadCursor
    if cursor_sort != sort:
        raise CursorOfAnotherSort(sort=sort, cursor_sort=cursor_sort)
    return parts


def _stretches(sort: ConversationSort, parts: list[str] | None) -> Iterator[_Stretch]:
    if sort is ConversationSort.WAITING:
        yield from _waiting_stretches(parts)
        return
    columns = _DEAREST_FIRST if sort is ConversationSort.PRICE else _PINNED_FIRST
    where: tuple[ColumnElement[bool], ...] = ()
    if parts is not None:
        first: int | bool = _number(parts[0])
        if sort is ConversationSort.ACTIVITY:
            first = bool(first)
        where = (_after(columns, first, *_moment_and_id(parts)),)
    yield _Stretch(where, _descending(columns))


def _waiting_stretches(parts: list[str] | None) -> Iterator[_Stretch]:
    """Those who wait, the longest first; then the others, the latest first."""
    since_column = Conversation.waiting_since
    since = decode_moment(parts[0]) if parts and parts[0] else None
    after = _after(_LATEST, *_moment_and_id(parts)) if parts else None
    if parts is None or since is not None:
        is_waiting = since_column.is_not(None)
        where: tuple[ColumnElement[bool], ...] = (is_waiting,)
        if since is not None and after is not None:
            later = or_(since_column > since, and_(since_column == since, after))
            where = (is_waiting, since_column >= since, later)
        yield _Stretch(where, (since_column.asc(), *_descending(_LATEST)))
    others: ColumnElement[bool] = since_column.is_(None)
    if after is not None and since is None:
        others = and_(others, after)
    # All the same here, yet PostgreSQL reads the index in its order only if it is asked for whole.
    yield _Stretch((others,), (since_column.asc(), *_descending(_LATEST)))


def _descending(
    columns: Sequence[InstrumentedAttribute[Any]],
) -> tuple[ColumnElement[Any], ...]:
    return tuple(column.desc() for column in columns)


def _after(columns: Sequence[InstrumentedAttribute[Any]], *values: Any) -> ColumnElement[bool]:
    """Compared as one row: that is what both databases can look up in an index."""
    typed = (literal(value, column.type) for column, value in zip(columns, values, strict=True))
    return tuple_(*columns) < tuple_(*typed)


def _moment_and_id(parts: list[str]) -> tuple[Any, Any]:
    return decode_moment(parts[1]), decode_id(parts[2])


def _number(part: str) -> int:
    try:
        number = int(part)
    except ValueError as error:
        raise BadCursor from error
    if not -(2**63) <= number < 2**63:
        raise BadCursor
    return number
