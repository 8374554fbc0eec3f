"""One act on many talks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db
from besedka.core.errors import AppError
from besedka.identity.actor import Actor
from besedka.inbox import assigning, handling, snoozing
from besedka.inbox.models import Conversation
from besedka.inbox.tags import service as tags


class BulkAct(StrEnum):
    TAKE_OVER = "take-over"
    RETURN_TO_BOT = "return-to-bot"
    ASSIGN = "assign"
    CLOSE = "close"
    REOPEN = "reopen"
    UNDO_CLOSE = "undo-close"
    SNOOZE = "snooze"
    UNSNOOZE = "unsnooze"
    TAG = "tag"
    UNTAG = "untag"
    READ = "read"
    UNREAD = "unread"
    PIN = "pin"
    UNPIN = "unpin"


@dataclass(frozen=True, slots=True)
class BulkArguments:
    """What an act needs besides the talk; the route has seen to it that it is there."""

    assignee_id: UUID | None = None
    until: datetime | None = None
    tag_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    conversation_id: UUID
    done: Conversation | None = None
    refused: AppError | None = None


async def act_on_many(
    actor: Actor, ids: Sequence[UUID], act: BulkAct, arguments: BulkArguments
) -> list[BulkOutcome]:
    """What became of each, in the order that was asked for.

    Each talk has a transaction of its own. On SQLite one for all would keep every incoming
    message waiting until the last talk is done; what one talk refuses must not undo the others;
    and each act does nothing where it is done already, so what a crash cut off is asked for again.
    """
    outcomes: dict[UUID, BulkOutcome] = {}
    for conversation_id in sorted(set(ids)):
        try:
            async with db.transaction() as session:
                done = await _perform(session, actor, conversation_id, act, arguments)
        except AppError as error:
            outcomes[conversation_id] = BulkOutcome(conversation_id, refused=error)
        else:
            outcomes[conversation_id] = BulkOutcome(conversation_id, done=done)
    return [outcomes[conversation_id] for conversation_id in dict.fromkeys(ids)]


_PLAIN: dict[BulkAct, Callable[[AsyncSession, Actor, UUID], Awaitable[Conversation]]] = {
    BulkAct.TAKE_OVER: handling.take_over,
    BulkAct.RETURN_TO_BOT: handling.return_to_bot,
    BulkAct.CLOSE: handling.close,
    BulkAct.REOPEN: handling.reopen,
    BulkAct.UNDO_CLOSE: partial(handling.reopen, undo=True),
    BulkAct.UNSNOOZE: snoozing.unsnooze,
    BulkAct.READ: handling.mark_read,
    BulkAct.UNREAD: handling.mark_unread,
    BulkAct.PIN: partial(handling.pin, pinned=True),
    BulkAct.UNPIN: partial(handling.pin, pinned=False),
}


async def _perform(
    session: AsyncSession,
    actor: Actor,
    conversation_id: UUID,
    act: BulkAct,
    arguments: BulkArguments,
) -> Conversation:
    on = (session, actor, conversation_id)
    if act in _PLAIN:
        return await _PLAIN[act](*on)
    match act, arguments:
        case BulkAct.ASSIGN, _:
            return await assigning.assign(*on, assignee_id=arguments.assignee_id)
        case BulkAct.SNOOZE, BulkArguments(until=datetime() as until):
            return await snoozing.snooze(*on, until=until)
        case BulkAct.TAG, BulkArguments(tag_id=UUID() as tag_id):
            return await tags.put_tag(*on, tag_id)
        case BulkAct.UNTAG, BulkArguments(tag_id=UUID() as tag_id):
            return await tags.take_tag(*on, tag_id)
    raise ValueError(f"{act} lacks what it needs")
