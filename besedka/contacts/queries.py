"""Reading contacts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.models import ChannelAccount
from besedka.contacts.errors import ContactNotFound
from besedka.contacts.models import Contact, ContactIdentity
from besedka.identity.actor import Actor


async def contact_for(session: AsyncSession, actor: Actor, contact_id: UUID) -> Contact:
    """The contact, if it is of the actor's workspace. Raises ContactNotFound."""
    contact = await session.scalar(
        select(Contact).where(Contact.id == contact_id, Contact.workspace_id == actor.workspace_id)
    )
    if contact is None:
        raise ContactNotFound(contact_id=contact_id)
    return contact


async def identities_of(
    session: AsyncSession, contact_id: UUID
) -> Sequence[tuple[ContactIdentity, ChannelAccount]]:
    """Who the contact is on each channel account, the first met first."""
    rows = await session.execute(
        select(ContactIdentity, ChannelAccount)
        .join(ChannelAccount, ChannelAccount.id == ContactIdentity.account_id)
        .where(ContactIdentity.contact_id == contact_id)
        .order_by(ContactIdentity.id)
    )
    return [(identity, account) for identity, account in rows]
