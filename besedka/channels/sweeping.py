"""Comparing with the channel's own history: what webhooks missed, and what was before us."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from besedka.channels import connections, queries, service
from besedka.channels.adapters.base import (
    ChannelAdapter,
    ChannelError,
    ChannelUnavailable,
    ChatSnapshot,
    InboundMessage,
)
from besedka.channels.models import AccountState, ChannelAccount
from besedka.channels.receiver import Source, receiver
from besedka.core import db, metrics, time
from besedka.core.db import dialect
from besedka.core.logging import get_logger

log = get_logger(__name__)

# A chat's `updated` has whole seconds and may lag behind its message.
_OVERLAP = timedelta(seconds=15)
# A younger message may still come by its webhook: it is taken, but not counted as missed.
_WEBHOOK_GRACE = timedelta(seconds=5)
# Within it, marks are compared too: what the customer has read, what was taken back.
_LOOK_BACK = timedelta(hours=1)
_DEPTH = 1100
# The account is asked at this pace while it refuses us, instead of at every sweep.
_PROBE_EVERY = timedelta(minutes=5)


async def sweep(account_id: UUID) -> int:
    """Find the messages that webhooks missed since the last sweep; how many there were.

    Raises ChannelError.
    """
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    if not account.is_live or _is_resting(account):
        return 0
    adapter = connections.adapter_of(account)
    started = time.now()
    since = account.swept_through or account.live_since
    newest, recovered = since, 0
    quiet: list[InboundMessage] = []
    async for chat in adapter.chats(updated_since=since - _LOOK_BACK):
        newest = max(newest, chat.updated_at)
        if chat.updated_at < since - _OVERLAP:
            quiet += _last_if_read(chat)
            continue
        messages = await _history(adapter, account_id, chat, since=since - _LOOK_BACK)
        recovered += await _take_in_if_storable(account_id, chat, messages, source=Source.SWEEP)
        await asyncio.sleep(adapter.capabilities.pause_between_chats_s)
    if quiet and account.synced_at is not None:
        async with db.transaction() as session:
            await receiver().receive(session, account, quiet, source=Source.SWEEP)
    async with db.transaction() as session:
        fresh = await queries.account_by_id(session, account_id, lock=True)
        # Time that passed here passed there too, however the two clocks differ: what is older
        # than the last sweep need not be asked for again.
        last = max(account.last_sweep_at or account.live_since, account.live_since)
        fresh.swept_through = max(newest, since + (started - last))
        fresh.last_sweep_at = started
        if recovered:
            await service.announce(session, fresh)
        if account.state is AccountState.ATTENTION:
            await service.clear_problem(session, account_id)
    if recovered:
        log.info("sweep.recovered", account_id=account_id, count=recovered)
    return recovered


def _last_if_read(chat: ChatSnapshot) -> list[InboundMessage]:
    """The last message of a chat where nothing new was said, if the customer has read it."""
    last = chat.last_message
    return [last] if last is not None and last.read_at is not None else []


async def _history(
    adapter: ChannelAdapter, account_id: UUID, chat: ChatSnapshot, *, since: datetime | None
) -> list[InboundMessage]:
    """A chat's messages; none if the channel refuses this one chat, which must not stop others."""
    try:
        return await adapter.history(chat.external_id, since=since, limit=_DEPTH)
    except (ChannelUnavailable, *service.ACCOUNT_WIDE):
        raise
    except ChannelError as error:
        log.warning("channel.chat_refused", account_id=account_id, code=error.code)
        return []


async def probe(account_id: UUID) -> None:
    """Ask the channel for its chats and show whether it lets us. Raises ChannelUnavailable."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    adapter = connections.adapter_of(account)
    try:
        async for _ in adapter.chats(updated_since=time.now()):
            break
    except service.ACCOUNT_WIDE as error:
        async with db.transaction() as session:
            await service.note_problem(session, account_id, error)
        return
    async with db.transaction() as session:
        await service.clear_problem(session, account_id)


def _is_resting(account: ChannelAccount) -> bool:
    return (
        account.state is AccountState.ATTENTION
        and account.problem_at is not None
        and time.now() - account.problem_at < _PROBE_EVERY
    )


async def sync_history(account_id: UUID) -> None:
    """Load what the channel keeps from before us, chat by chat, with progress.

    May be started over: what is there already is not written again. Raises ChannelError.
    """
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    adapter = connections.adapter_of(account)
    chats = [chat async for chat in adapter.chats(updated_since=None)]
    await _note_progress(account_id, done=0, total=len(chats))
    for done, chat in enumerate(chats, start=1):
        messages = await _history(adapter, account_id, chat, since=None)
        await _take_in_if_storable(account_id, chat, messages, source=Source.HISTORY)
        await asyncio.sleep(adapter.capabilities.pause_between_chats_s)
        if done % 10 == 0 or done == len(chats):
            await _note_progress(account_id, done=done, total=len(chats))
    async with db.transaction() as session:
        account = await queries.account_by_id(session, account_id, lock=True)
        account.synced_at = time.now()
        await service.announce(session, account)
    log.info("history.synced", account_id=account_id, chats=len(chats))


async def _note_progress(account_id: UUID, *, done: int, total: int) -> None:
    async with db.transaction() as session:
        account = await queries.account_by_id(session, account_id, lock=True)
        account.sync_done, account.sync_total = done, total
        await service.announce(session, account)


async def _take_in_if_storable(
    account_id: UUID, chat: ChatSnapshot, messages: Sequence[InboundMessage], *, source: Source
) -> int:
    """As `_take_in`; a chat with values that no column holds must not stop the others."""
    try:
        return await _take_in(account_id, chat, messages, source=source)
    except DBAPIError as error:
        if not dialect.overflows_columns(error):
            raise
        log.error("channel.chat_not_storable", account_id=account_id, error=type(error).__name__)
        return 0


async def _take_in(
    account_id: UUID, chat: ChatSnapshot, messages: Sequence[InboundMessage], *, source: Source
) -> int:
    """One chat in one transaction; how many messages webhooks had missed."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
        if not await receiver().is_news(session, account, chat, messages):
            return 0
    settled_before = time.now() - _WEBHOOK_GRACE
    async with db.transaction() as session:
        account = await queries.account_by_id(session, account_id)
        await receiver().refresh_chat(session, account, chat)
        before_us = [told for told in messages if told.sent_at < account.live_since]
        live = [told for told in messages if told.sent_at >= account.live_since]
        settled = [told for told in live if told.sent_at < settled_before]
        late = [told for told in live if told.sent_at >= settled_before]
        await receiver().receive(session, account, before_us, source=source)
        missed = await receiver().receive(session, account, settled, source=source)
        await receiver().receive(session, account, late, source=source)
        if missed and source is Source.SWEEP:
            await session.execute(
                update(ChannelAccount)
                .where(ChannelAccount.id == account_id)
                .values(recovered_count=ChannelAccount.recovered_count + missed)
                .execution_options(synchronize_session=False)
            )
            metrics.RECOVERED.labels(account.kind, Source.SWEEP).inc(missed)
    return missed
