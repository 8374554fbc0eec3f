"""Asking the channel who writes and about which listing: webhooks tell neither."""

from uuid import UUID

from besedka import jobs
from besedka.channels import connections
from besedka.channels import queries as channels
from besedka.channels.adapters.base import ChannelError, ChannelUnavailable
from besedka.channels.receiver import receiver
from besedka.core import db
from besedka.core.logging import get_logger
from besedka.inbox import queries

log = get_logger(__name__)


@jobs.job(
    "inbox.enrich_conversation", queue="channels", max_attempts=6, retry_on=(ChannelUnavailable,)
)
async def enrich_conversation(conversation_id: UUID) -> None:
    await _enrich(conversation_id, finish=True)


async def ensure_enriched(conversation_id: UUID) -> bool:
    """Whether the contact and the listing are known, after asking the channel if need be."""
    try:
        await _enrich(conversation_id, finish=False)
    except ChannelError as error:
        log.warning("conversation.not_enriched", conversation_id=conversation_id, code=error.code)
        return False
    return True


async def _enrich(conversation_id: UUID, *, finish: bool) -> None:
    async with db.reading() as session:
        conversation = await queries.conversation_by_id(session, conversation_id)
    if conversation.enriched_at is not None:
        return
    adapter = connections.adapter_of(conversation.account)
    chat = await adapter.chat(conversation.external_id)
    async with db.transaction() as session:
        account = await channels.account_by_id(session, conversation.account_id)
        await receiver().refresh_chat(session, account, chat)
        if finish:
            await jobs.finish(session)
