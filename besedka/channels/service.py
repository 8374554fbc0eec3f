"""What is done with channel accounts: connect, watch, disconnect, take webhooks in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.channels import connections, queries
from besedka.channels.adapters import kinds
from besedka.channels.adapters.base import (
    AccessDenied,
    AccountProfile,
    ChannelError,
    CredentialsRejected,
    InboundMessage,
    PaymentRequired,
    UnreadableWebhook,
)
from besedka.channels.errors import (
    AccountAlreadyConnected,
    KeysOfAnotherAccount,
    UnknownChannelKind,
)
from besedka.channels.events import ChannelAccountUpdated
from besedka.channels.models import AccountState, ChannelAccount, RawWebhook, WebhookState
from besedka.channels.problems import WEBHOOK_MISSING
from besedka.channels.receiver import Source, receiver
from besedka.channels.schemas import ChannelAccountRead
from besedka.core import metrics, time
from besedka.core.crypto import fingerprint, new_token, seal, unseal
from besedka.core.logging import get_logger
from besedka.core.settings import get_settings
from besedka.identity.actor import Actor

log = get_logger(__name__)

_BATCH = 20
_NAME_LENGTH = 200
_WEBHOOKS_KEPT = timedelta(days=14)
_WEBHOOK_NOTED_EVERY = timedelta(seconds=1)
_webhooks = cast(Table, RawWebhook.__table__)
_MARK = (
    update(_webhooks)
    .where(_webhooks.c.id.in_(bindparam("ids", expanding=True)))
    .values(state=bindparam("new_state"))
)
# These say that the whole account is refused, not one request: everything else waits.
ACCOUNT_WIDE = (PaymentRequired, CredentialsRejected, AccessDenied)


async def add_account(
    session: AsyncSession,
    actor: Actor,
    *,
    kind: str,
    name: str,
    credentials: dict[str, str],
    profile: AccountProfile,
) -> ChannelAccount:
    """Write an account whose keys were just checked. Raises AccountAlreadyConnected."""
    twin = await session.scalar(
        select(ChannelAccount)
        .where(
            ChannelAccount.workspace_id == actor.workspace_id,
            ChannelAccount.kind == kind,
            ChannelAccount.external_id == profile.external_id,
        )
        .with_for_update()
    )
    if twin is not None and twin.state is not AccountState.DISCONNECTED:
        raise AccountAlreadyConnected(account_id=twin.id)
    now = time.now()
    secret = new_token()
    account = twin or ChannelAccount(
        workspace_id=actor.workspace_id,
        kind=kind,
        external_id=profile.external_id,
        created_at=now,
        name=name or profile.name[:_NAME_LENGTH],
    )
    account.sealed_credentials = connections.seal_credentials(credentials)
    account.state = AccountState.CONNECTING
    account.hook_fingerprint = fingerprint(secret)
    account.sealed_hook_secret = seal(secret)
    # The channel's clock counts whole seconds.
    account.live_since = now.replace(microsecond=0)
    account.swept_through = account.live_since
    account.synced_at, account.sync_total, account.sync_done = None, None, 0
    account.problem_code = account.problem_text = account.problem_at = None
    session.add(account)
    try:
        await session.flush()
    except IntegrityError as error:  # somebody connects the same account at this very moment
        raise AccountAlreadyConnected from error
    await announce(session, account)
    return account


async def check_credentials(kind: str, credentials: dict[str, str]) -> AccountProfile:
    """Ask the channel whom the keys belong to. Raises ChannelError."""
    if kind not in kinds():
        raise UnknownChannelKind(kind=kind)
    adapter = connections.open_adapter(kind, credentials)
    try:
        return await adapter.check()
    finally:
        await adapter.aclose()


def key_pair(client_id: str, client_secret: SecretStr) -> dict[str, str]:
    return {
        "client_id": client_id.strip(),
        "client_secret": client_secret.get_secret_value().strip(),
    }


def hook_url(account: ChannelAccount) -> str:
    secret = unseal(account.sealed_hook_secret)
    return f"{get_settings().public_url}/hooks/{account.kind}/{secret}"


async def mark_subscribed(session: AsyncSession, account_id: UUID) -> ChannelAccount:
    account = await queries.account_by_id(session, account_id, lock=True)
    if account.state is AccountState.DISCONNECTED:
        return account
    account.webhook_subscribed_at = time.now()
    if account.state is AccountState.CONNECTING:
        account.state = AccountState.CONNECTED
    if account.problem_code == WEBHOOK_MISSING:
        _clear_problem(account)
    await announce(session, account)
    return account


async def mark_webhook_missing(session: AsyncSession, account_id: UUID, error: str) -> None:
    """The subscription could not be set: messages still come by the sweep, only later."""
    account = await queries.account_by_id(session, account_id, lock=True)
    if account.state is AccountState.DISCONNECTED:
        return
    account.webhook_subscribed_at = None
    if account.state is AccountState.CONNECTING:
        account.state = AccountState.CONNECTED
    if account.problem_code is None:
        account.problem_code = WEBHOOK_MISSING
        account.problem_text = error
        account.problem_at = time.now()
    await announce(session, account)


async def note_problem(session: AsyncSession, account_id: UUID, error: ChannelError) -> None:
    """Show one account-wide state instead of failing request by request."""
    account = await queries.account_by_id(session, account_id, lock=True)
    if account.state is AccountState.DISCONNECTED:
        return
    changed = account.problem_code != error.code
    account.state = AccountState.ATTENTION
    account.problem_code = error.code
    account.problem_text = error.title
    account.problem_at = time.now()
    if changed:
        log.warning("channel.attention", account_id=account.id, code=error.code)
        await announce(session, account)


async def clear_problem(session: AsyncSession, account_id: UUID) -> None:
    account = await queries.account_by_id(session, account_id, lock=True)
    if account.state is AccountState.ATTENTION:
        account.state = AccountState.CONNECTED
        _clear_problem(account)
        await announce(session, account)


def _clear_problem(account: ChannelAccount) -> None:
    account.problem_code = account.problem_text = account.problem_at = None


async def update_account(
    session: AsyncSession,
    actor: Actor,
    account_id: UUID,
    *,
    name: str | None,
    agent_enabled: bool | None,
) -> ChannelAccount:
    account = await queries.account_for(session, actor, account_id, lock=True)
    if name is not None:
        account.name = name
    if agent_enabled is not None:
        account.agent_enabled = agent_enabled
    await announce(session, account)
    return account


async def replace_keys(
    session: AsyncSession,
    actor: Actor,
    account_id: UUID,
    *,
    credentials: dict[str, str],
    profile: AccountProfile,
) -> ChannelAccount:
    """Go on with other keys, which were just checked. Raises KeysOfAnotherAccount."""
    account = await queries.account_for(session, actor, account_id, lock=True)
    if account.external_id != profile.external_id:
        raise KeysOfAnotherAccount(account_id=account.id)
    account.sealed_credentials = connections.seal_credentials(credentials)
    if account.state is AccountState.ATTENTION:
        account.state = AccountState.CONNECTED
        _clear_problem(account)
    await announce(session, account)
    log.info("channel.keys_replaced", account_id=account.id)
    return account


async def reopen_account(session: AsyncSession, actor: Actor, account_id: UUID) -> ChannelAccount:
    account = await queries.account_for(session, actor, account_id, lock=True)
    if account.state is AccountState.DISCONNECTED:
        account.state = AccountState.CONNECTING
        # What came while we were away is history: nobody expects the agent's answer to it now.
        account.live_since = account.swept_through = time.now().replace(microsecond=0)
        await announce(session, account)
    return account


async def disconnect_account(
    session: AsyncSession, actor: Actor, account_id: UUID
) -> ChannelAccount:
    """Stop taking webhooks and sending. The talks stay."""
    account = await queries.account_for(session, actor, account_id, lock=True)
    account.state = AccountState.DISCONNECTED
    account.webhook_subscribed_at = None
    _clear_problem(account)
    await announce(session, account)
    return account


async def announce(session: AsyncSession, account: ChannelAccount) -> None:
    await session.flush()
    await events.publish(
        session,
        ChannelAccountUpdated(
            workspace_id=account.workspace_id,
            subject=f"channel_account:{account.id}",
            account_id=account.id,
            account=ChannelAccountRead.model_validate(account).model_dump(mode="json"),
        ),
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
