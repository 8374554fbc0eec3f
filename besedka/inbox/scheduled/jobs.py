"""Sending scheduled replies when their time has come."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import connections
from besedka.channels.adapters.base import ChannelError, ChannelUnavailable, OutcomeUnknown
from besedka.channels.errors import AccountDisconnected
from besedka.core import db, time
from besedka.core.errors import AppError
from besedka.core.logging import get_logger
from besedka.identity import queries as identity
from besedka.identity.actor import Actor
from besedka.identity.models import Role
from besedka.inbox import queries as inbox
from besedka.inbox.errors import ContactBlocked, ConversationClosed
from besedka.inbox.looking import take_in_unseen
from besedka.inbox.models import Conversation
from besedka.inbox.replying import queue_reply, refuse_if_unreachable
from besedka.inbox.scheduled import queries
from besedka.inbox.scheduled.announcing import announce_scheduled
from besedka.inbox.scheduled.models import ScheduledReply, ScheduledState, StopReason
from besedka.inbox.scheduled.stopping import stop

log = get_logger(__name__)

_REASONS: dict[type[AppError], StopReason] = {
    ConversationClosed: StopReason.CLOSED,
    ContactBlocked: StopReason.BLOCKED,
    AccountDisconnected: StopReason.DISCONNECTED,
}


async def _give_up(session: AsyncSession, scheduled_id: UUID) -> None:
    found = await _due(session, scheduled_id)
    if found is not None:
        reply, conversation = found
        await stop(session, conversation, reply, StopReason.CHANNEL_SILENT)


@jobs.job(
    "inbox.send_scheduled",
    queue="deliver",
    max_attempts=8,
    retry_on=(ChannelUnavailable, OutcomeUnknown),
    on_dead=_give_up,
)
async def send_scheduled(scheduled_id: UUID) -> None:
    """Look at the chat once more, since the customer's word may not have reached us; then send."""
    async with db.reading() as session:
        reply = await queries.find_scheduled(session, scheduled_id)
        if reply is None or not _is_due(reply):
            return
        conversation = await inbox.conversation_by_id(session, reply.conversation_id)
    connections.refuse_while_connecting(conversation.account)
    if conversation.account.is_live:
        await _look(conversation)
    async with db.transaction() as session:
        found = await _due(session, scheduled_id)
        if found is not None:
            await _send(session, *found)
        await jobs.finish(session)


async def _look(conversation: Conversation) -> None:
    adapter = connections.adapter_of(conversation.account)
    try:
        await take_in_unseen(adapter, conversation.account_id, conversation.external_id)
    except (ChannelUnavailable, OutcomeUnknown):
        raise
    except ChannelError as error:
        # The channel refuses us altogether: the delivery will fail in sight of everybody.
        log.info("scheduled.not_looked", conversation_id=conversation.id, code=error.code)


async def _due(
    session: AsyncSession, scheduled_id: UUID
) -> tuple[ScheduledReply, Conversation] | None:
    """The reply and its locked conversation; None if it waits no more, or for a later time."""
    reply = await queries.find_scheduled(session, scheduled_id)
    if reply is None:
        return None
    conversation = await inbox.conversation_by_id(session, reply.conversation_id, lock=True)
    await session.refresh(reply)
    return (reply, conversation) if _is_due(reply) else None


def _is_due(reply: ScheduledReply) -> bool:
    return reply.state is ScheduledState.WAITING and reply.send_at <= time.now()


async def _send(session: AsyncSession, reply: ScheduledReply, conversation: Conversation) -> None:
    try:
        refuse_if_unreachable(conversation)
    except (ConversationClosed, ContactBlocked, AccountDisconnected) as error:
        await stop(session, conversation, reply, _REASONS[type(error)])
        return
    if not await _still_answers(session, reply):
        await stop(session, conversation, reply, StopReason.AUTHOR_LEFT)
        return
    author = Actor(
        user_id=reply.author_user_id,
        workspace_id=reply.workspace_id,
        role=Role.MANAGER,
        name=reply.author_name,
    )
    await queue_reply(session, author, conversation.id, text=reply.text, scheduled_id=reply.id)
    reply.state = ScheduledState.SENT
    reply.updated_at = time.now()
    await announce_scheduled(session, conversation)


async def _still_answers(session: AsyncSession, reply: ScheduledReply) -> bool:
    return reply.author_user_id is not None and await identity.is_member_as(
        session, reply.author_user_id, reply.workspace_id, Role.MANAGER
    )
