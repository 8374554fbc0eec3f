"""Channel accounts and the address that webhooks come to."""

from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import probing, queries, service, sweeping
from besedka.channels.intake import Intake
from besedka.channels.jobs import connect, enqueue_sync, unsubscribe
from besedka.channels.models import AccountState
from besedka.channels.schemas import (
    ChannelAccountCreate,
    ChannelAccountRead,
    ChannelAccountUpdate,
    ChannelKeys,
    ProbeRead,
    WebhookProblemRead,
)
from besedka.core import db
from besedka.core.http import ReadSession, Session
from besedka.identity.access import AdminActor, CurrentActor
from besedka.identity.actor import Actor

router = APIRouter(prefix="/channel-accounts", tags=["channels"])


@router.get("")
async def list_accounts(session: ReadSession, actor: CurrentActor) -> list[ChannelAccountRead]:
    accounts = await queries.list_accounts(session, actor)
    return [ChannelAccountRead.model_validate(account) for account in accounts]


@router.post("", status_code=201)
async def add_account(data: ChannelAccountCreate, actor: AdminActor) -> ChannelAccountRead:
    """Check the keys at the channel, then keep them and start connecting."""
    credentials = service.key_pair(data.client_id, data.client_secret)
    profile = await service.check_credentials(data.kind, credentials)
    async with db.transaction() as session:
        account = await service.add_account(
            session,
            actor,
            kind=data.kind,
            name=data.name,
            credentials=credentials,
            profile=profile,
        )
        await jobs.enqueue(session, connect, workspace_id=actor.workspace_id, account_id=account.id)
        return ChannelAccountRead.model_validate(account)


@router.post("/probe")
async def probe_keys(data: ChannelAccountCreate, _: AdminActor) -> ProbeRead:
    """Try the keys out without keeping them."""
    credentials = service.key_pair(data.client_id, data.client_secret)
    return await probing.probe_keys(data.kind, credentials)


@router.get("/{account_id}")
async def get_account(
    account_id: UUID, session: ReadSession, actor: CurrentActor
) -> ChannelAccountRead:
    return ChannelAccountRead.model_validate(await queries.account_for(session, actor, account_id))


@router.patch("/{account_id}")
async def update_account(
    account_id: UUID, data: ChannelAccountUpdate, session: Session, actor: AdminActor
) -> ChannelAccountRead:
    account = await service.update_account(
        session, actor, account_id, name=data.name, agent_enabled=data.agent_enabled
    )
    return ChannelAccountRead.model_validate(account)


@router.put("/{account_id}/keys")
async def replace_keys(
    account_id: UUID, data: ChannelKeys, actor: AdminActor
) -> ChannelAccountRead:
    """Check other keys of the same account at the channel, keep them, and subscribe with them."""
    async with db.reading() as session:
        account = await queries.account_for(session, actor, account_id)
    credentials = service.key_pair(data.client_id, data.client_secret)
    profile = await service.check_credentials(account.kind, credentials)
    async with db.transaction() as session:
        account = await service.replace_keys(
            session, actor, account_id, credentials=credentials, profile=profile
        )
        if account.state is not AccountState.DISCONNECTED:
            await _enqueue_connect(session, actor, account_id)
        return ChannelAccountRead.model_validate(account)


@router.post("/{account_id}/check")
async def check_account(account_id: UUID, actor: AdminActor) -> ChannelAccountRead:
    """Ask the channel now, instead of at the next probe: the tariff was paid, say."""
    async with db.reading() as session:
        account = await queries.account_for(session, actor, account_id)
    if account.is_live:
        await sweeping.probe(account_id)
    async with db.reading() as session:
        account = await queries.account_for(session, actor, account_id)
    return ChannelAccountRead.model_validate(account)


@router.post("/{account_id}/connect", status_code=202)
async def reconnect_account(
    account_id: UUID, session: Session, actor: AdminActor
) -> ChannelAccountRead:
    """Subscribe anew, also after a disconnect."""
    account = await service.reopen_account(session, actor, account_id)
    await _enqueue_connect(session, actor, account_id)
    return ChannelAccountRead.model_validate(account)


async def _enqueue_connect(session: AsyncSession, actor: Actor, account_id: UUID) -> None:
    await jobs.enqueue(
        session,
        connect,
        key=f"connect:{account_id}",
        workspace_id=actor.workspace_id,
        account_id=account_id,
    )


@router.post("/{account_id}/resync", status_code=202)
async def resync_account(
    account_id: UUID, session: Session, actor: AdminActor
) -> ChannelAccountRead:
    account = await queries.account_for(session, actor, account_id)
    await enqueue_sync(session, account.id)
    return ChannelAccountRead.model_validate(account)


@router.post("/{account_id}/disconnect")
async def disconnect_account(
    account_id: UUID, request: Request, session: Session, actor: AdminActor
) -> ChannelAccountRead:
    account = await service.disconnect_account(session, actor, account_id)
    await jobs.enqueue(session, unsubscribe, workspace_id=actor.workspace_id, account_id=account_id)
    intake: Intake = request.app.state.intake
    db.after_commit(session, lambda: intake.forget(account_id))
    return ChannelAccountRead.model_validate(account)


@router.get("/{account_id}/problems")
async def list_problem_webhooks(
    account_id: UUID, session: ReadSession, actor: CurrentActor
) -> list[WebhookProblemRead]:
    account = await queries.account_for(session, actor, account_id)
    rows = await queries.list_problem_webhooks(session, account.id)
    return [WebhookProblemRead.model_validate(row) for row in rows]
