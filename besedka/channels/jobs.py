"""Background work of the channels."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import connections, queries, service, sweeping, taking_in
from besedka.channels.adapters.base import ChannelError, ChannelUnavailable
from besedka.channels.models import AccountState
from besedka.core import db, rush
from besedka.core.db import dialect
from besedka.core.errors import AppError
from besedka.core.logging import get_logger
from besedka.core.settings import get_settings

log = get_logger(__name__)


@jobs.job("channels.take_in", queue="intake", max_attempts=20)
async def take_in(account_id: UUID) -> None:
    """Turn stored webhooks into messages. One bad webhook must not hold up the others."""
    more = True
    while more:
        try:
            async with db.transaction() as session:
                more = await taking_in.take_in_batch(session, account_id)
                if not more:
                    await jobs.finish(session)
            await rush.let_pass()
        except jobs.LeaseLost:
            raise
        except Exception as error:  # find the one that fails, keep the rest
            if dialect.is_in_trouble(error):
                raise
            log.error("take_in.batch_failed", account_id=account_id, error=type(error).__name__)
            await _take_in_singly(account_id)


async def _take_in_singly(account_id: UUID) -> None:
    async with db.reading() as session:
        rows = await queries.pending_webhooks(session, account_id, limit=100)
    for row in rows:
        try:
            async with db.transaction() as session:
                await taking_in.take_in_one(session, row.id)
        except jobs.LeaseLost:
            raise
        except Exception as error:
            if dialect.is_in_trouble(error):
                raise
            log.exception("take_in.failed", account_id=account_id, webhook_id=row.id)
            async with db.transaction() as session:
                await taking_in.set_aside(session, row.id, type(error).__name__)


async def _leave_to_watchdog(session: AsyncSession, account_id: UUID) -> None:
    """The channel was away for too long; from here on the sweep and the watchdog ask it."""
    await service.mark_webhook_missing(session, account_id, ChannelUnavailable.title)


@jobs.job(
    "channels.connect",
    queue="channels",
    max_attempts=5,
    retry_on=(ChannelUnavailable,),
    on_dead=_leave_to_watchdog,
)
async def connect(account_id: UUID) -> None:
    """Subscribe to webhooks; then load the history."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    if account.state is AccountState.DISCONNECTED:
        return
    await subscribe(account_id)
    async with db.transaction() as session:
        await enqueue_sync(session, account_id)
        await jobs.finish(session)


async def subscribe(account_id: UUID) -> None:
    """Make the channel deliver to us, and note whether it does."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    try:
        await connections.adapter_of(account).connect(service.hook_url(account))
    except ChannelUnavailable:
        raise
    except ChannelError as error:
        log.warning("channel.subscribe_failed", account_id=account_id, code=error.code)
        async with db.transaction() as session:
            await service.mark_webhook_missing(session, account_id, error.title)
            if isinstance(error, service.ACCOUNT_WIDE):
                await service.note_problem(session, account_id, error)
        return
    async with db.transaction() as session:
        await service.mark_subscribed(session, account_id)


@jobs.job("channels.unsubscribe", queue="channels", max_attempts=5, retry_on=(ChannelUnavailable,))
async def unsubscribe(account_id: UUID) -> None:
    """Tell the channel to deliver to us no more. If it refuses, the closed address answers 404."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    if account.state is not AccountState.DISCONNECTED:
        return
    try:
        await connections.adapter_of(account).disconnect(service.hook_url(account))
    except ChannelUnavailable:
        raise
    except ChannelError as error:
        log.warning("channel.unsubscribe_failed", account_id=account_id, code=error.code)


async def enqueue_sync(
    session: AsyncSession, account_id: UUID, *, only_missing: bool = False
) -> None:
    name = f"sync:{account_id}"
    await jobs.enqueue(
        session,
        sync_history,
        key=name,
        lane=name,
        moves=not only_missing,
        account_id=account_id,
        only_missing=only_missing,
    )


@jobs.job("channels.sync_history", queue="sweep", max_attempts=8, retry_on=(ChannelUnavailable,))
async def sync_history(account_id: UUID, only_missing: bool = False) -> None:
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    if not account.is_live or (only_missing and account.synced_at is not None):
        return
    try:
        await sweeping.sync_history(account_id)
    except service.ACCOUNT_WIDE as error:
        async with db.transaction() as session:
            await service.note_problem(session, account_id, error)


@jobs.job("channels.sweep_account", queue="sweep")
async def sweep_account(account_id: UUID) -> None:
    try:
        await sweeping.sweep(account_id)
    except service.ACCOUNT_WIDE as error:
        async with db.transaction() as session:
            await service.note_problem(session, account_id, error)
    except ChannelUnavailable as error:
        # The next sweep starts where the last whole one ended; an outage of hours must not leave
        # a dead job for each half a minute of it.
        log.warning("sweep.failed", account_id=account_id, code=error.code)


@jobs.job("channels.watch_webhook", queue="channels", max_attempts=1)
async def watch_webhook(account_id: UUID) -> None:
    """Subscribe again when the channel has forgotten us, and load the history if it is missing."""
    async with db.reading() as session:
        account = await queries.account_by_id(session, account_id)
    if not account.is_live:
        return
    try:
        if await connections.adapter_of(account).is_connected(service.hook_url(account)):
            if account.webhook_subscribed_at is None:
                async with db.transaction() as session:
                    await service.mark_subscribed(session, account_id)
        else:
            log.warning("channel.subscription_lost", account_id=account_id)
            await subscribe(account_id)
        if account.synced_at is None:  # the channel was away or unpaid when we connected
            async with db.transaction() as session:
                await enqueue_sync(session, account_id, only_missing=True)
    except AppError as error:
        log.warning("channel.watch_failed", account_id=account_id, code=error.code)


@jobs.periodic(lambda: get_settings().channel_sweep_s)
@jobs.job("channels.sweep_all", queue="sweep")
async def sweep_all() -> None:
    async with db.transaction() as session:
        for account_id in await queries.list_live_account_ids(session):
            name = f"sweep:{account_id}"
            await jobs.enqueue(
                session, sweep_account, key=name, lane=name, moves=False, account_id=account_id
            )
        await jobs.finish(session)


@jobs.periodic(lambda: get_settings().webhook_watchdog_s)
@jobs.job("channels.watch_all", queue="channels")
async def watch_all() -> None:
    async with db.transaction() as session:
        for account_id in await queries.list_live_account_ids(session):
            await jobs.enqueue(
                session,
                watch_webhook,
                key=f"watch:{account_id}",
                moves=False,
                account_id=account_id,
            )
        await taking_in.forget_old_webhooks(session)
        await jobs.finish(session)
