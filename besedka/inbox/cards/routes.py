"""Contacts over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from besedka.core.http import ReadSession
from besedka.identity.access import CurrentActor
from besedka.inbox.cards import queries
from besedka.inbox.cards.schemas import ContactCard

router = APIRouter(prefix="/contacts", tags=["contacts"])


@router.get("/{contact_id}")
async def get_contact(contact_id: UUID, session: ReadSession, actor: CurrentActor) -> ContactCard:
    """Who a contact is, with their talks, the notes on them and the phones they wrote."""
    return await queries.card_for(session, actor, contact_id)
