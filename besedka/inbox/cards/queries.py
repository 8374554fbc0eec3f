"""Reading a contact's card: a fixed number of queries, however long the talks are."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.contacts import queries as contacts
from besedka.contacts.phones import phones_in
from besedka.identity.actor import Actor
from besedka.inbox.cards.schemas import ContactCard, IdentityRead, PhoneRead
from besedka.inbox.models import AuthorKind, Conversation, InternalType, Message
from besedka.inbox.queries import conversations
from besedka.inbox.snapshots import ConversationRead, MessageRead

_LATEST_FIRST = (Message.sent_at.desc(), Message.id.desc())
_MOST_TALKS = 20
_MOST_NOTES = 50
_MESSAGES_SEARCHED = 500


async def card_for(session: AsyncSession, actor: Actor, contact_id: UUID) -> ContactCard:
    """Raises ContactNotFound."""
    contact = await contacts.contact_for(session, actor, contact_id)
    identities = await contacts.identities_of(session, contact.id)
    talks = await session.scalars(
        conversations()
        .where(Conversation.contact_id == contact.id)
        .order_by(Conversation.last_activity_at.desc(), Conversation.id.desc())
        .limit(_MOST_TALKS)
    )
    talk_count = await session.scalar(
        select(func.count()).where(Conversation.contact_id == contact.id)
    )
    notes = await session.scalars(
        select(Message)
        .where(_said_to(contact.id), Message.type == InternalType.NOTE)
        .order_by(*_LATEST_FIRST)
        .limit(_MOST_NOTES)
    )
    return ContactCard(
        id=contact.id,
        name=contact.name,
        avatar_url=contact.avatar_url,
        is_blocked=contact.blocked_at is not None,
        blocked_at=contact.blocked_at,
        created_at=contact.created_at,
        identities=[
            IdentityRead(
                account_id=account.id,
                channel=account.kind,
                account_name=account.name,
                external_id=identity.external_id,
                profile_url=identity.profile_url,
            )
            for identity, account in identities
        ],
        phones=_phones_in(await _words_of(session, contact.id)),
        talk_count=talk_count or 0,
        talks=[ConversationRead.of(talk) for talk in talks],
        notes=[MessageRead.of(note) for note in notes],
    )


def _said_to(contact_id: UUID) -> ColumnElement[bool]:
    """In any of the contact's talks."""
    talks = select(Conversation.id).where(Conversation.contact_id == contact_id)
    return Message.conversation_id.in_(talks)


class _Word(NamedTuple):
    """Columns alone: hundreds of whole messages would be made and thrown away."""

    id: UUID
    conversation_id: UUID
    text: str


async def _words_of(session: AsyncSession, contact_id: UUID) -> list[_Word]:
    rows = await session.execute(
        select(Message.id, Message.conversation_id, Message.text)
        .where(
            _said_to(contact_id),
            Message.author == AuthorKind.CUSTOMER,
            Message.deleted_at.is_(None),
        )
        .order_by(*_LATEST_FIRST)
        .limit(_MESSAGES_SEARCHED)
    )
    return [_Word(*row) for row in rows]


def _phones_in(words: Sequence[_Word]) -> list[PhoneRead]:
    found: dict[str, PhoneRead] = {}
    for message in words:
        for number in phones_in([message.text]):
            found.setdefault(
                number,
                PhoneRead(
                    number=number,
                    conversation_id=message.conversation_id,
                    message_id=message.id,
                ),
            )
    return list(found.values())
