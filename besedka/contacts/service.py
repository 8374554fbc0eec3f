"""Keeping contacts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.models import ChannelAccount
from besedka.contacts.models import Contact, ContactIdentity
from besedka.core import time
from besedka.core.db import dialect
from besedka.core.ids import new_id


async def contact_on_channel(
    session: AsyncSession, account: ChannelAccount, external_id: str
) -> Contact:
    """The person behind the channel's user, made if we meet them for the first time."""
    contact = await find_on_channel(session, account.id, external_id)
    if contact is not None:
        return contact
    contact = Contact(
        id=new_id(), workspace_id=account.workspace_id, name="", created_at=time.now()
    )
    session.add(contact)
    await session.flush()
    is_new = await dialect.insert_missing(
        session,
        ContactIdentity,
        {
            "id": new_id(),
            "workspace_id": account.workspace_id,
            "contact_id": contact.id,
            "account_id": account.id,
            "external_id": external_id,
        },
        unique=("account_id", "external_id"),
    )
    if is_new:
        return contact
    # Another process met the same person a moment ago: theirs stays.
    await session.delete(contact)
    await session.flush()
    known = await find_on_channel(session, account.id, external_id)
    if known is None:
        raise RuntimeError("an identity that conflicts must be readable")
    return known


async def find_on_channel(
    session: AsyncSession, account_id: UUID, external_id: str
) -> Contact | None:
    return await session.scalar(
        select(Contact)
        .join(ContactIdentity, ContactIdentity.contact_id == Contact.id)
        .where(ContactIdentity.account_id == account_id, ContactIdentity.external_id == external_id)
    )


async def identify(
    session: AsyncSession, account: ChannelAccount, contact: Contact, external_id: str
) -> Contact:
    """The contact under the id that the channel tells, when it told none at first."""
    identity = await find_identity(session, contact.id, account.id)
    if identity is not None and identity.external_id == external_id:
        return contact
    known = await find_on_channel(session, account.id, external_id)
    if known is not None:
        return known
    if identity is not None:
        identity.external_id = external_id
    return contact


async def find_identity(
    session: AsyncSession, contact_id: UUID, account_id: UUID
) -> ContactIdentity | None:
    return await session.scalar(
        select(ContactIdentity).where(
            ContactIdentity.contact_id == contact_id, ContactIdentity.account_id == account_id
        )
    )


async def update_from_channel(
    session: AsyncSession,
    contact: Contact,
    *,
    account_id: UUID,
    name: str | None,
    avatar_url: str | None,
    profile_url: str | None,
) -> None:
    """Take over what the channel says; what it does not say stays."""
    if name:
        contact.name = name[:200]
    if avatar_url:
        contact.avatar_url = avatar_url
    if profile_url:
        identity = await find_identity(session, contact.id, account_id)
        if identity is not None:
            identity.profile_url = profile_url


def block(contact: Contact) -> None:
    if contact.blocked_at is None:
        contact.blocked_at = time.now()
