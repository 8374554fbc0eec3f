"""Looking at a chat itself: webhooks come late or never."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import queries as channels
from besedka.channels.adapters.base import ChannelAdapter, InboundAuthor, InboundMessage
from besedka.channels.receiver import Source, receiver
from besedka.core import db, metrics
from besedka.inbox import message_queries

DEPTH = 20


async def take_in_unseen(adapter: ChannelAdapter, account_id: UUID, chat_external_id: str) -> None:
    """Take in what has not reached us of the newest messages. Raises ChannelError."""
    newest = await adapter.history(chat_external_id, limit=DEPTH)
    async with db.reading() as session:
        unseen = await list_unseen(session, account_id, newest)
    if unseen:
        async with db.transaction() as session:
            await receive_unseen(session, account_id, unseen)


async def list_unseen(
    session: AsyncSession, account_id: UUID, newest: Sequence[InboundMessage]
) -> list[InboundMessage]:
    ids = [told.external_id for told in newest]
    known = await message_queries.known_external_ids(session, account_id, ids)
    return [
        told
        for told in newest
        if told.external_id not in known and told.author is not InboundAuthor.SYSTEM
    ]


async def receive_unseen(
    session: AsyncSession, account_id: UUID, unseen: Sequence[InboundMessage]
) -> None:
    account = await channels.account_by_id(session, account_id)
    await receiver().receive(session, account, unseen, source=Source.PREFLIGHT)
    metrics.RECOVERED.labels(account.kind, Source.PREFLIGHT).inc(len(unseen))
