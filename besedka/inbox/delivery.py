"""Sending queued messages: once, in order, and the agent's only while nobody else has spoken."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.channels import connections
from besedka.channels.adapters.base import (
    ChannelAdapter,
    ChannelError,
    ChannelUnavailable,
    MessageType,
    Outbound,
    OutcomeUnknown,
    UploadedImage,
)
from besedka.channels.errors import AccountDisconnected
from besedka.channels.models import ChannelAccount
from besedka.core import db, files, metrics, time
from besedka.core.errors import AppError
from besedka.core.files import FileLost
from besedka.core.logging import get_logger
from besedka.inbox import looking, message_queries, queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.attachments import service as attachments
from besedka.inbox.channel_acts import read_up_to_here
from besedka.inbox.drafts import is_void, rest_of, take_back
from besedka.inbox.echoes import drop_misread_echo
from besedka.inbox.events import MessageSent
from besedka.inbox.failing import give_up, mark_failed, note_failures, note_refusal
from besedka.inbox.models import (
    Attachment,
    AuthorKind,
    Conversation,
    Message,
    MessageStatus,
)
from besedka.inbox.scheduled.returning import put_back
from besedka.inbox.unanswering import is_left_to_bot, let_bot_answer

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is needed to send a message, read in one transaction."""

    message_id: UUID
    conversation_id: UUID
    account: ChannelAccount
    outbound: Outbound
    is_bots: bool
    is_scheduled: bool
    was_attempted: bool
    picture: Attachment | None
    """Of a message that is one."""

    @property
    def may_be_overtaken(self) -> bool:
        """Whether it was written for a chat that may be another by now."""
        return self.is_bots or self.is_scheduled


@jobs.job(
    "inbox.deliver_message",
    queue="deliver",
    max_attempts=8,
    retry_on=(ChannelUnavailable, OutcomeUnknown),
    on_dead=give_up,
)
async def deliver_message(message_id: UUID) -> None:
    delivery = await _begin(message_id)
    if delivery is None:
        return
    adapter = connections.adapter_of(delivery.account)
    try:
        external_id = await _find_or_send(adapter, delivery)
    except (ChannelUnavailable, OutcomeUnknown):
        raise
    except (ChannelError, FileLost) as error:
        await note_refusal(delivery.message_id, delivery.account.id, error)
        return
    if external_id is None:
        return
    async with db.transaction() as session:
        await mark_sent(
            session,
            delivery.message_id,
            external_id=external_id,
            delete_window=adapter.capabilities.delete_window,
        )
        await jobs.finish(session)
    metrics.DELIVERIES.labels("sent").inc()
    await read_up_to_here(adapter, delivery.outbound.chat_external_id)


def delivery_key(message: Message) -> str:
    """The job of a message that is held: to enqueue it again is to move it."""
    return f"deliver:{message.id}"


async def _begin(message_id: UUID) -> Delivery | None:
    """Check that the message may leave and note that it may have left from now on.

    One transaction, committed before the first request to the channel: a process killed after
    it looks the message up in the channel's history instead of sending it twice.
    """
    async with db.transaction() as session:
        found = await queries.message_in_conversation(session, message_id)
        if found is None or found[0].status is not MessageStatus.QUEUED:
            await jobs.finish(session)
            return None
        message, conversation = found
        held_s = (message.held_until - time.now()).total_seconds() if message.held_until else 0
        if held_s > 0:  # whatever brought the job here early: the author was promised this time
            raise jobs.Retry(after_s=held_s, reason="held for its author")
        was_attempted = message.attempted_at is not None
        if not was_attempted and await _is_overtaken(session, conversation, message):
            await _discard_void(session, conversation, message)
            await jobs.finish(session)
            return None
        account = conversation.account
        connections.refuse_while_connecting(account)
        picture = None
        if message.type == MessageType.IMAGE:
            picture = await attachments.picture_of(session, message)
        refusal = _refusal_of(account, message, picture)
        if refusal is not None:
            await mark_failed(session, message_id, refusal)
            await jobs.finish(session)
            return None
        image = attachments.uploaded_image(picture) if picture else None
        # Uploading a picture shows it to nobody: it can have left only when that is done.
        if message.attempted_at is None and (picture is None or image is not None):
            message.attempted_at = time.now()
        known: frozenset[str] = frozenset()
        if was_attempted:
            known = await message_queries.sent_external_ids(session, conversation.id)
        return Delivery(
            message_id=message.id,
            conversation_id=conversation.id,
            account=account,
            outbound=Outbound(
                chat_external_id=conversation.external_id,
                text=message.text,
                attempted_at=message.attempted_at,
                known_external_ids=known,
                image=image,
            ),
            is_bots=message.author is AuthorKind.BOT,
            is_scheduled=message.scheduled_id is not None,
            was_attempted=was_attempted,
            picture=picture,
        )


def _refusal_of(
    account: ChannelAccount, message: Message, picture: Attachment | None
) -> AppError | None:
    if not account.is_live:
        return AccountDisconnected(account_id=account.id)
    if message.type == MessageType.IMAGE and picture is None:
        return FileLost()  # its words are not what was to be sent
    return None


async def _find_or_send(adapter: ChannelAdapter, delivery: Delivery) -> str | None:
    """The channel's id of the message, or None if it must not leave any more."""
    if delivery.was_attempted:
        found = await adapter.find_sent(delivery.outbound)
        if found is not None:
            return found
    if delivery.may_be_overtaken and not await _is_still_wanted(adapter, delivery):
        return None
    if delivery.picture is not None and delivery.outbound.image is None:
        image = await _upload(adapter, delivery.message_id, delivery.picture)
        if image is None:
            return None
        return await adapter.send(replace(delivery.outbound, image=image))
    return await adapter.send(delivery.outbound)


async def _upload(
    adapter: ChannelAdapter, message_id: UUID, picture: Attachment
) -> UploadedImage | None:
    """Bring the picture to the channel once, and note that it may have left from now on.

    None when the message must not leave any more. Raises FileLost, ChannelError.
    """
    data = await files.storage().get(picture.key)
    image = await adapter.upload_image(data, picture.name, picture.media_type)
    async with db.transaction() as session:
        found = await queries.message_in_conversation(session, message_id)
        if found is None or found[0].status is not MessageStatus.QUEUED:
            await jobs.finish(session)
            return None
        message, _ = found
        message.attempted_at = time.now()
        attachments.remember_upload(await session.get_one(Attachment, picture.id), image)
    return image


async def _is_still_wanted(adapter: ChannelAdapter, delivery: Delivery) -> bool:
    """Look at the chat itself before the agent speaks, or a reply leaves that was scheduled.

    A person's word in the channel's own app, or the customer's next one, may not have reached
    us: webhooks come late or never. Whatever is new is taken in, and if it makes the message
    void, the message is discarded.
    """
    newest = await adapter.history(delivery.outbound.chat_external_id, limit=looking.DEPTH)
    async with db.reading() as session:
        unseen = await looking.list_unseen(session, delivery.account.id, newest)
        standing = await message_queries.draft_standing(session, delivery.message_id)
        is_as_it_was = standing is not None and not is_void(standing.talk, standing.draft)
        if is_as_it_was and not unseen and not delivery.is_scheduled:
            return True
    async with db.transaction() as session:
        if unseen:
            await looking.receive_unseen(session, delivery.account.id, unseen)
        found = await queries.message_in_conversation(session, delivery.message_id)
        if found is None or found[0].status is not MessageStatus.QUEUED:
            await jobs.finish(session)
            return False
        message, conversation = found
        if not await _is_overtaken(session, conversation, message):
            return True
        await _discard_void(session, conversation, message)
        await jobs.finish(session)
    return False


async def _is_overtaken(
    session: AsyncSession, conversation: Conversation, message: Message
) -> bool:
    """Whether a message of the agent or of a schedule must not leave any more."""
    if is_void(conversation, message):
        return True
    if message.scheduled_id is None or message.seen_inbound_seq is None or message.part > 0:
        return False
    # What comes as history is not counted, but its author wrote before it all the same.
    words, _ = await message_queries.customer_words_after(session, conversation.id, message.sent_at)
    return words > 0


async def _discard_void(
    session: AsyncSession, conversation: Conversation, message: Message
) -> None:
    """Take it back; a talk of the agent whose newest word waits for no turn gets one."""
    was_answered = conversation.is_answered
    if message.scheduled_id is not None:
        await put_back(session, conversation, message, message.scheduled_id)
    else:
        rest = await rest_of(session, conversation, message)
        await take_back(session, conversation, [message, *rest])
    if was_answered and is_left_to_bot(conversation):
        await let_bot_answer(session, conversation)
    metrics.DELIVERIES.labels("discarded").inc()
    log.info("message.discarded", message_id=message.id, conversation_id=conversation.id)


async def mark_sent(
    session: AsyncSession,
    message_id: UUID,
    *,
    external_id: str,
    delete_window: timedelta | None,
) -> None:
    found = await queries.message_in_conversation(session, message_id)
    if found is None:
        return
    message, conversation = found
    now = time.now()
    # When the echo was faster, it has told everybody already.
    if message.status is MessageStatus.QUEUED:
        await drop_misread_echo(session, conversation, message, external_id)
        before = counted_state(conversation)
        message.external_id = external_id
        message.status = MessageStatus.SENT
        message.failure = None
        message.sent_at = now
        message.recall_until = now + delete_window if delete_window else None
        if conversation.has_failed:
            await note_failures(session, conversation)
        place_last(conversation, message)
        await announce(session, MessageSent, conversation, before=before, message=message)
