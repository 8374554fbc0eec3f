"""What the assistant needs to know of a conversation before it takes a turn."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.adapters.base import MessageType
from besedka.channels.models import AccountState, ChannelAccount
from besedka.channels.receiver import Source
from besedka.identity.actor import Actor
from besedka.inbox import queries
from besedka.inbox.errors import ConversationNotFound
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    ConversationStatus,
    Direction,
    InternalType,
    Message,
    MessageStatus,
    Mode,
)
from besedka.inbox.snapshots import ReceiptRead

_DEPTH = 60


@dataclass(frozen=True, slots=True)
class TurnListing:
    id: UUID
    external_id: str
    title: str
    price_text: str | None
    price_minor: int | None
    url: str | None
    status: str
    location: str | None
    is_ours: bool
    """False when we are the buyer in this talk."""


@dataclass(frozen=True, slots=True)
class TurnMessage:
    id: UUID
    author: AuthorKind
    type: str
    text: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class TurnInput:
    conversation_id: UUID
    workspace_id: UUID
    account_id: UUID
    account_is_live: bool
    account_problem: str | None
    agent_enabled: bool
    """Of the channel account."""
    mode: Mode
    status: ConversationStatus
    chat_type: str
    is_enriched: bool
    contact_name: str
    is_contact_blocked: bool
    listing: TurnListing | None
    inbound_seq: int
    answered_seq: int
    messages: tuple[TurnMessage, ...]
    """The latest of the talk, oldest first; without notes, marks, drafts and deleted ones."""
    unanswered: tuple[TurnMessage, ...]
    """The burst to answer: the customer's messages that no answer has covered."""
    bot_replies_in_a_row: int
    """Answers of the agent since a person last wrote or took the talk."""


class _Row(NamedTuple):
    """What a turn needs of a message: columns alone, since whole rows are made and thrown away."""

    id: UUID
    author: AuthorKind
    type: str
    text: str
    sent_at: datetime
    created_at: datetime
    source: Source | None
    direction: Direction
    part: int
    deleted_at: datetime | None


_LATEST = (
    select(*(getattr(Message, name) for name in _Row._fields))
    .where(
        Message.conversation_id == bindparam("conversation_id"),
        Message.status.not_in((MessageStatus.DISCARDED, MessageStatus.FAILED)),
        Message.type != InternalType.NOTE,
    )
    .order_by(Message.sent_at.desc(), Message.id.desc())
    .limit(_DEPTH)
)


async def turn_for(session: AsyncSession, actor: Actor, conversation_id: UUID) -> TurnInput:
    """Of a conversation that the actor may see. Raises ConversationNotFound."""
    conversation = await queries.conversation_for(session, actor, conversation_id)
    return await _turn_of(session, conversation)


async def load_turn(session: AsyncSession, conversation_id: UUID) -> TurnInput | None:
    try:
        conversation = await queries.conversation_by_id(session, conversation_id)
    except ConversationNotFound:
        return None
    return await _turn_of(session, conversation)


async def list_receipts(
    session: AsyncSession, conversation_id: UUID, *, limit: int
) -> list[tuple[ReceiptRead, datetime]]:
    """What the agent's latest answers rest on and when they were given, newest first."""
    answers = await session.execute(
        select(Message.receipt, Message.sent_at)
        .where(
            Message.conversation_id == conversation_id,
            Message.author == AuthorKind.BOT,
            Message.receipt.is_not(None),
        )
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(limit)
    )
    return [
        (ReceiptRead.model_validate(receipt), sent_at) for receipt, sent_at in answers if receipt
    ]


async def _turn_of(session: AsyncSession, conversation: Conversation) -> TurnInput:
    rows = await _latest(session, conversation.id)
    listing = conversation.listing
    return TurnInput(
        conversation_id=conversation.id,
        workspace_id=conversation.workspace_id,
        account_id=conversation.account_id,
        account_is_live=conversation.account.is_live,
        account_problem=_refusal_of(conversation.account),
        agent_enabled=conversation.account.agent_enabled,
        mode=conversation.mode,
        status=conversation.status,
        chat_type=conversation.chat_type,
        is_enriched=conversation.enriched_at is not None,
        contact_name=conversation.contact.name,
        is_contact_blocked=conversation.contact.blocked_at is not None,
        listing=(
            TurnListing(
                id=listing.id,
                external_id=listing.external_id,
                title=listing.title,
                price_text=listing.price_text,
                price_minor=listing.price_minor,
                url=listing.url,
                status=listing.status,
                location=listing.location,
                is_ours=listing.is_ours,
            )
            if listing
            else None
        ),
        inbound_seq=conversation.inbound_seq,
        answered_seq=conversation.answered_seq,
        messages=tuple(
            _told(row)
            for row in rows
            if row.direction is not Direction.INTERNAL and row.deleted_at is None
        ),
        unanswered=_unanswered(
            rows,
            conversation.inbound_seq - conversation.answered_seq,
            conversation.account.live_since,
        ),
        bot_replies_in_a_row=_bot_replies_in_a_row(rows),
    )


def _refusal_of(account: ChannelAccount) -> str | None:
    """Why the channel takes no messages from us; a lost webhook does not stop sending."""
    return account.problem_code if account.state is AccountState.ATTENTION else None


def _told(row: _Row) -> TurnMessage:
    return TurnMessage(row.id, row.author, row.type, row.text, row.sent_at)


def _unanswered(rows: list[_Row], count: int, live_since: datetime) -> tuple[TurnMessage, ...]:
    """The last `count` that came, in the order in which they were written.

    A message whose webhook was lost comes late: then it is the one to answer, though the customer
    has written others since.
    """
    # What the customer took back was counted when it came, so it takes its place here too.
    counted = [
        row
        for row in rows
        if row.author is AuthorKind.CUSTOMER
        and row.type != MessageType.DELETED
        and (row.source is not Source.HISTORY or row.sent_at >= live_since)
    ]
    counted.sort(key=lambda row: (row.created_at, row.id))
    newest = {row.id for row in counted[-count:]} if count > 0 else set()
    return tuple(_told(row) for row in rows if row.id in newest and row.deleted_at is None)


async def _latest(session: AsyncSession, conversation_id: UUID) -> list[_Row]:
    rows = await session.execute(_LATEST, {"conversation_id": conversation_id})
    return [_Row(*row) for row in reversed(rows.all())]


def _bot_replies_in_a_row(rows: list[_Row]) -> int:
    count = 0
    for row in reversed(rows):
        is_persons = row.author in (AuthorKind.USER, AuthorKind.ELSEWHERE)
        if is_persons or row.type == InternalType.ACTIVITY:
            break
        if row.author is AuthorKind.BOT and row.part == 0 and row.deleted_at is None:
            count += 1
    return count
