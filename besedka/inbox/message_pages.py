"""Pages of a conversation's messages, newest first, from any place in it both ways."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core.paging import (
    BadCursor,
    decode_cursor,
    decode_id,
    decode_moment,
    encode_cursor,
)
from besedka.inbox.errors import MessageNotFound
from besedka.inbox.models import Message

_NEWER = "newer"
_PLACE = tuple_(Message.sent_at, Message.id)
_OLDEST_FIRST = (Message.sent_at.asc(), Message.id.asc())
_NEWEST_FIRST = (Message.sent_at.desc(), Message.id.desc())


class MessageWindow(NamedTuple):
    messages: Sequence[Message]
    older: str | None
    """The cursor of the page before these messages; None if there is nothing."""
    newer: str | None
    """The cursor of the page after them; None if the newest is here."""


async def list_messages(
    session: AsyncSession, conversation_id: UUID, *, limit: int, cursor: str | None
) -> MessageWindow:
    """The newest messages, or where the cursor leads. Raises BadCursor."""
    if cursor is None:
        return _from_newest(await _read(session, conversation_id, (), limit + 1), limit)
    try:
        direction, *place = decode_cursor(cursor, length=3)
    except BadCursor:
        direction, place = "", decode_cursor(cursor, length=2)
    if direction not in ("", _NEWER):
        raise BadCursor
    at = _typed(decode_moment(place[0]), decode_id(place[1]))
    if direction == _NEWER:
        return await _after(session, conversation_id, at, limit)
    window = _from_newest(await _read(session, conversation_id, (at > _PLACE,), limit + 1), limit)
    if not window.messages:
        return window
    return window._replace(newer=_newer_than(window.messages[0]))


async def messages_around(
    session: AsyncSession, conversation_id: UUID, message_id: UUID, *, limit: int
) -> MessageWindow:
    """The message in the middle of a page. Raises MessageNotFound."""
    middle = await session.scalar(
        select(Message).where(Message.id == message_id, Message.conversation_id == conversation_id)
    )
    if middle is None:
        raise MessageNotFound(message_id=message_id)
    at = _typed(middle.sent_at, middle.id)
    newer = await _after(session, conversation_id, at, limit // 2)
    rest = limit - len(newer.messages)
    older = _from_newest(await _read(session, conversation_id, (at >= _PLACE,), rest + 1), rest)
    return MessageWindow([*newer.messages, *older.messages], older.older, newer.newer)


async def _after(
    session: AsyncSession, conversation_id: UUID, at: Any, limit: int
) -> MessageWindow:
    statement = _of(conversation_id).where(at < _PLACE).order_by(*_OLDEST_FIRST).limit(limit + 1)
    rows = (await session.scalars(statement)).all()
    page = rows[:limit][::-1]
    older = _older_than(page[-1]) if page else None
    newer = _newer_than(page[0]) if len(rows) > limit and page else None
    return MessageWindow(page, older, newer)


def _from_newest(rows: Sequence[Message], limit: int) -> MessageWindow:
    page = rows[:limit]
    return MessageWindow(page, _older_than(page[-1]) if len(rows) > limit else None, None)


async def _read(
    session: AsyncSession,
    conversation_id: UUID,
    where: Sequence[ColumnElement[bool]],
    size: int,
) -> Sequence[Message]:
    statement = _of(conversation_id).where(*where).order_by(*_NEWEST_FIRST).limit(size)
    return (await session.scalars(statement)).all()


def _of(conversation_id: UUID) -> Select[Message]:
    return select(Message).where(Message.conversation_id == conversation_id)


def _typed(moment: object, message_id: object) -> Any:
    return tuple_(literal(moment, Message.sent_at.type), literal(message_id, Message.id.type))


def _older_than(message: Message) -> str:
    return encode_cursor(message.sent_at.isoformat(), str(message.id))


def _newer_than(message: Message) -> str:
    return encode_cursor(_NEWER, message.sent_at.isoformat(), str(message.id))
