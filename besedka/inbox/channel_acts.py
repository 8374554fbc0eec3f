"""Acts on the channel that no message depends on: read marks and the blacklist."""

from uuid import UUID

from besedka import jobs
from besedka.channels import connections
from besedka.channels.adapters.base import (
    BlockReason,
    ChannelAdapter,
    ChannelError,
    ChannelUnavailable,
)
from besedka.contacts import service as contacts
from besedka.core import db
from besedka.core.logging import get_logger
from besedka.inbox import queries

log = get_logger(__name__)


@jobs.job("inbox.mark_read_on_channel", queue="channels")
async def mark_read_on_channel(conversation_id: UUID) -> None:
    async with db.reading() as session:
        conversation = await queries.conversation_by_id(session, conversation_id)
    if not conversation.account.is_live:
        return
    adapter = connections.adapter_of(conversation.account)
    await read_up_to_here(adapter, conversation.external_id)


async def read_up_to_here(adapter: ChannelAdapter, chat_external_id: str) -> None:
    """Show the customer that they were read: a courtesy, nothing is lost without it."""
    try:
        await adapter.mark_read(chat_external_id)
    except ChannelError as error:
        log.info("channel.not_marked_read", chat=chat_external_id, code=error.code)


@jobs.job(
    "inbox.block_on_channel", queue="channels", max_attempts=6, retry_on=(ChannelUnavailable,)
)
async def block_on_channel(conversation_id: UUID, reason: str) -> None:
    async with db.reading() as session:
        conversation = await queries.conversation_by_id(session, conversation_id)
        identity = await contacts.find_identity(
            session, conversation.contact_id, conversation.account_id
        )
    if identity is None:
        return
    await connections.adapter_of(conversation.account).block(
        identity.external_id,
        listing_external_id=conversation.listing.external_id if conversation.listing else None,
        reason=BlockReason(reason),
    )
