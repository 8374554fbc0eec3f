"""Turning stored webhooks into messages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import connections, queries
from besedka.channels.adapters.base import InboundMessage, UnreadableWebhook
from besedka.channels.models import ChannelAccount, RawWebhook, WebhookState
from besedka.channels.receiver import Source, receiver
from besedka.core import metrics, time

_BATCH = 20
_WEBHOOKS_KEPT = timedelta(days=14)
_WEBHOOK_NOTED_EVERY = timedelta(seconds=1)
_webhooks = cast(Table, RawWebhook.__table__)
_MARK = (
    update(_webhooks)
    .where(_webhooks.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=bindparam("new_state"))
)


async def take_in_batch(session: AsyncSession, account_id: UUID) -> bool:
    """Turn a batch of stored webhooks into messages. True if more may be waiting."""
    rows = await queries.pending_webhooks(session, account_id, limit=_BATCH)
    if not rows:
        return False
    account = await queries.account_by_id(session, account_id)
    messages = [message for row in rows for message in _read(account, row)]
    if messages:
        await receiver().receive(session, account, messages, source=Source.WEBHOOK)
    _note_webhook(account, rows[-1].received_at)
    await _mark(session, rows, WebhookState.DONE)
    return len(rows) == _BATCH


def _note_webhook(account: ChannelAccount, received_at: datetime) -> None:
    """To the second: in a rush the account's row is not written for each message."""
    last = account.last_webhook_at
    if last is None or received_at - last >= _WEBHOOK_NOTED_EVERY:
        account.last_webhook_at = received_at


async def take_in_one(session: AsyncSession, webhook_id: int) -> None:
    row = await session.get(RawWebhook, webhook_id)
    if row is None or row.state is not WebhookState.PENDING:
        return
    account = await queries.account_by_id(session, row.account_id)
    messages = _read(account, row)
    if messages:
        await receiver().receive(session, account, messages, source=Source.WEBHOOK)
    await _mark(session, [row], WebhookState.DONE)


async def set_aside(session: AsyncSession, webhook_id: int, reason: str) -> None:
    """Keep a webhook that we fail to take in, with the reason, and go on with the others."""
    await session.execute(
        update(RawWebhook)
        .where(RawWebhook.id == webhook_id)
        .values(state=WebhookState.FAILED, reason=reason)
    )


def _read(account: ChannelAccount, row: RawWebhook) -> list[InboundMessage]:
    try:
        return connections.adapter_of(account).parse(row.body)
    except UnreadableWebhook as error:
        row.state, row.reason = WebhookState.UNREADABLE, error.detail or error.title
        metrics.WEBHOOKS.labels(account.kind, "unreadable").inc()
        return []


async def _mark(session: AsyncSession, rows: Sequence[RawWebhook], state: WebhookState) -> None:
    read = [row.id for row in rows if row.state is WebhookState.PENDING]
    await session.flush()
    await session.execute(_MARK, {"ids": read, "new_state": state})


async def forget_old_webhooks(session: AsyncSession) -> None:
    await session.execute(
        delete(RawWebhook).where(
            RawWebhook.received_at < time.now() - _WEBHOOKS_KEPT,
            RawWebhook.state == WebhookState.DONE,
        )
    )
