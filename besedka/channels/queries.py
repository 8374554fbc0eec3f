"""Reading channel accounts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels.errors import AccountNotFound
from besedka.channels.models import AccountState, ChannelAccount, RawWebhook, WebhookState
from besedka.identity.actor import Actor

# Built once, since building it costs several times what running it does.
_PENDING_WEBHOOKS = (
    select(RawWebhook)
    .where(
        RawWebhook.account_id == bindparam("account_id"), RawWebhook.state == WebhookState.PENDING
    )
    .order_by(RawWebhook.id)
    .limit(bindparam("limit"))
)


async def account_for(
    session: AsyncSession, actor: Actor, account_id: UUID, *, lock: bool = False
) -> ChannelAccount:
    """The account, if it is of the actor's workspace. Raises AccountNotFound."""
    statement = select(ChannelAccount).where(
        ChannelAccount.id == account_id, ChannelAccount.workspace_id == actor.workspace_id
    )
    if lock:
        statement = statement.with_for_update()
    account = await session.scalar(statement)
    if account is None:
        raise AccountNotFound(account_id=account_id)
    return account


async def account_by_id(
    session: AsyncSession, account_id: UUID, *, lock: bool = False
) -> ChannelAccount:
    """For jobs, which act for no user. Raises AccountNotFound."""
    account = await session.get(ChannelAccount, account_id, with_for_update=lock or None)
    if account is None:
        raise AccountNotFound(account_id=account_id)
    return account


async def find_by_hook(session: AsyncSession, kind: str, fingerprint: str) -> UUID | None:
    return await session.scalar(
        select(ChannelAccount.id).where(
            ChannelAccount.hook_fingerprint == fingerprint,
            ChannelAccount.kind == kind,
            ChannelAccount.state != AccountState.DISCONNECTED,
        )
    )


async def list_accounts(session: AsyncSession, actor: Actor) -> Sequence[ChannelAccount]:
    statement = (
        select(ChannelAccount)
        .where(ChannelAccount.workspace_id == actor.workspace_id)
        .order_by(ChannelAccount.created_at)
    )
    return (await session.scalars(statement)).all()


async def list_all_accounts(session: AsyncSession) -> Sequence[ChannelAccount]:
    """Of every workspace: for the product's own checks, never for a user."""
    statement = select(ChannelAccount).order_by(ChannelAccount.created_at)
    return (await session.scalars(statement)).all()


async def list_live_account_ids(session: AsyncSession) -> list[UUID]:
    statement = select(ChannelAccount.id).where(
        ChannelAccount.state.in_((AccountState.CONNECTED, AccountState.ATTENTION))
    )
    return list(await session.scalars(statement))


async def list_problem_webhooks(
    session: AsyncSession, account_id: UUID, *, limit: int = 100
) -> Sequence[RawWebhook]:
    statement = (
        select(RawWebhook)
        .where(
            RawWebhook.account_id == account_id,
            RawWebhook.state.in_((WebhookState.UNREADABLE, WebhookState.FAILED)),
        )
        .order_by(RawWebhook.id.desc())
        .limit(limit)
    )
    return (await session.scalars(statement)).all()


async def pending_webhooks(
    session: AsyncSession, account_id: UUID, *, limit: int
) -> Sequence[RawWebhook]:
    wanted = {"account_id": account_id, "limit": limit}
    return (await session.scalars(_PENDING_WEBHOOKS, wanted)).all()
