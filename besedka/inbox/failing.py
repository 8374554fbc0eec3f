"""Messages that did not leave: the text is kept, the reason shown, and somebody waits again."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import service as channel_accounts
from besedka.channels.adapters.base import NotDelivered
from besedka.core import db, metrics, time
from besedka.core.errors import AppError
from besedka.core.logging import get_logger
from besedka.inbox import message_queries, queries
from besedka.inbox.announcing import announce, counted_state
from besedka.inbox.composing import add_internal, add_mark
from besedka.inbox.events import MessageFailed
from besedka.inbox.models import (
    AuthorKind,
    Conversation,
    ConversationStatus,
    InternalType,
    MessageStatus,
    Mode,
)
from besedka.inbox.waking import wake

log = get_logger(__name__)


async def give_up(session: AsyncSession, message_id: UUID) -> None:
    await mark_failed(session, message_id, NotDelivered())


async def note_refusal(message_id: UUID, account_id: UUID, error: AppError) -> None:
    """The channel will not take this message; an account-wide refusal is shown as one state."""
    async with db.transaction() as session:
        await mark_failed(session, message_id, error, was_refused=True)
        if isinstance(error, channel_accounts.ACCOUNT_WIDE):
            await channel_accounts.note_problem(session, account_id, error)
        await jobs.finish(session)


async def mark_failed(
    session: AsyncSession, message_id: UUID, error: AppError, *, was_refused: bool = False
) -> None:
    """The text is kept, the reason shown, and the customer is again one who waits for us."""
    found = await queries.message_in_conversation(session, message_id)
    if found is None or found[0].status is not MessageStatus.QUEUED:
        return
    message, conversation = found
    is_blocked = conversation.contact.blocked_at is not None
    if conversation.is_closed and not is_blocked:
        await _reopen(session, conversation)
    before = counted_state(conversation)
    message.status = MessageStatus.FAILED
    message.failure = {"code": error.code, "title": error.title, "detail": error.detail}
    if was_refused:  # surely not delivered: no later message of ours can be its echo
        message.attempted_at = None
    conversation.has_failed = True
    wake(conversation)
    if not is_blocked:
        conversation.waiting_since = conversation.waiting_since or time.now()
    is_bots = message.author is AuthorKind.BOT
    if is_bots and conversation.mode is Mode.BOT:
        conversation.mode = Mode.MANAGER
        conversation.ownership_seq += 1
    await announce(session, MessageFailed, conversation, before=before, message=message)
    for rest in await message_queries.later_parts(session, message):
        rest.status, rest.failure = MessageStatus.FAILED, message.failure
        unchanged = counted_state(conversation)
        await announce(session, MessageFailed, conversation, before=unchanged, message=rest)
    if is_bots and before["mode"] is Mode.BOT:
        await add_internal(
            session,
            conversation,
            InternalType.HANDOVER,
            text=error.title,
            content={"reason": error.title, "wants": "", "promised": "", "next": ""},
            before=counted_state(conversation),
        )
    metrics.DELIVERIES.labels("failed").inc()
    log.warning("message.failed", message_id=message_id, code=error.code)


async def _reopen(session: AsyncSession, conversation: Conversation) -> None:
    """Nobody would see in a closed talk what did not leave, nor could send it again."""
    before = counted_state(conversation)
    conversation.status = ConversationStatus.OPEN
    await add_mark(session, None, conversation, "reopened", before=before, because="not_sent")


async def note_failures(session: AsyncSession, conversation: Conversation) -> None:
    """One message has left, but another may still be unsent."""
    await session.flush()
    conversation.has_failed = await message_queries.has_failed_messages(session, conversation.id)
