"""The orders that conversations are listed in, and the cursors that lead on from a page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from besedka.core.paging import BadCursor, decode_cursor, decode_id, decode_moment, encode_cursor
from besedka.inbox.errors import CursorOfAnotherSort
from besedka.inbox.models import Conversation
from besedka.inbox.schemas import ConversationSort


def order_of(sort: ConversationSort) -> tuple[ColumnElement[Any], ...]:
    latest = (Conversation.last_activity_at.desc(), Conversation.id.desc())
    if sort is ConversationSort.WAITING:
        return (Conversation.waiting_since.asc().nulls_last(), *latest)
    return (Conversation.is_pinned.desc(), *latest)


def cursor_after(sort: ConversationSort, last: Conversation) -> str:
    """The cursor of the page that goes on after `last`."""
    first: str | int | None = int(last.is_pinned)
    if sort is ConversationSort.WAITING:
        first = last.waiting_since.isoformat() if last.waiting_since else None
    return encode_cursor(sort, first, last.last_activity_at.isoformat(), str(last.id))


def beyond(sort: ConversationSort, cursor: str) -> ColumnElement[bool]:
    """What the order has after the cursor. Raises BadCursor, CursorOfAnotherSort."""
    cursor_sort, first, moment, last_id = decode_cursor(cursor, length=4)
    if cursor_sort not in tuple(ConversationSort):
        raise BadCursor
    if cursor_sort != sort:
        raise CursorOfAnotherSort(sort=sort, cursor_sort=cursor_sort)
    older = _older(decode_moment(moment), decode_id(last_id))
    if sort is ConversationSort.WAITING:
        return _beyond_waiting(decode_moment(first) if first else None, older)
    not_pinned = Conversation.is_pinned.is_(False)
    return or_(not_pinned, older) if first == "1" else and_(not_pinned, older)


def _older(moment: datetime, last_id: UUID) -> ColumnElement[bool]:
    return or_(
        Conversation.last_activity_at < moment,
        and_(Conversation.last_activity_at == moment, Conversation.id < last_id),
    )


def _beyond_waiting(since: datetime | None, older: ColumnElement[bool]) -> ColumnElement[bool]:
    not_waiting = Conversation.waiting_since.is_(None)
    if since is None:
        return and_(not_waiting, older)
    return or_(
        Conversation.waiting_since > since,
        and_(Conversation.waiting_since == since, older),
        not_waiting,
    )
