"""What is done with channel accounts: connect, watch, disconnect."""

from uuid import UUID

from pydantic import SecretStr
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.channels import connections, queries
from besedka.channels.adapters.base import (
    AccessDenied,
    AccountProfile,
    ChannelError,
    CredentialsRejected,
    PaymentRequired,
)
from besedka.channels.errors import (
    AccountAlreadyConnected,
    KeysOfAnotherAccount,
)
from besedka.channels.events import ChannelAccountUpdated
from besedka.channels.models import AccountState, ChannelAccount
from besedka.channels.problems import WEBHOOK_MISSING
from besedka.channels.schemas import ChannelAccountRead
from besedka.core import time
from besedka.core.crypto import fingerprint, new_token, seal, unseal
from besedka.core.logging import get_logger
from besedka.core.settings import get_settings
from besedka.identity.actor import Actor

log = get_logger(__name__)

_NAME_LENGTH = 200
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
