"""Telling the echo of our own message from what a person wrote in the channel's own app."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import connections
from besedka.channels.adapters.base import InboundMessage, MessageType
from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.attachments import queries as attachments
from besedka.inbox.events import MessageRemoved, MessageSent
from besedka.inbox.failing import note_failures
from besedka.inbox.models import AuthorKind, Conversation, Message, MessageStatus, Mode

# By how much the channel's clock may be behind ours.
_CLOCK_ALLOWANCE = timedelta(minutes=2)
# For how long a picture in the chat may be the one that we are just sending.
_SENDING_TAKES = timedelta(minutes=5)


async def match_own(
    session: AsyncSession, conversation: Conversation, told: InboundMessage
) -> bool:
    """Whether this is the echo of a message that we are just sending.

    An echo can come before the answer to our POST, or that answer may be lost with a killed
    process; until then we know a text by its words and a picture by its addresses.
    """
    under_way = [
        message
        for message in await message_queries.messages_on_their_way(session, conversation.id)
        if told.sent_at > (message.attempted_at or message.created_at) - _CLOCK_ALLOWANCE
    ]
    if told.type is MessageType.IMAGE:
        message = await _same_picture(session, under_way, told)
    else:
        message = _same_text(under_way, told)
    if message is None:
        return False
    before = counted_state(conversation)
    message.external_id = told.external_id
    message.status = MessageStatus.READ if told.read_at else MessageStatus.SENT
    message.failure = None
    # The channel's clock has whole seconds, which would put it before what came earlier.
    message.sent_at = max(told.sent_at, message.attempted_at or message.created_at)
    window = connections.adapter_of(conversation.account).capabilities.delete_window
    message.recall_until = told.sent_at + window if window else None
    await note_failures(session, conversation)
    place_last(conversation, message)
    await announce(session, MessageSent, conversation, before=before, message=message)
    return True


async def drop_misread_echo(
    session: AsyncSession, conversation: Conversation, message: Message, external_id: str
) -> None:
    """Undo what an echo did that came before our POST was answered with a changed text.

    It looked like a person's message then; now its id says that it was ours.
    """
    echo = await session.scalar(
        select(Message).where(
            Message.account_id == message.account_id,
            Message.external_id == external_id,
            Message.id != message.id,
        )
    )
    if echo is None:
        return
    before = counted_state(conversation)
    marks = await message_queries.marks_of(session, conversation.id)
    own_marks = [mark for mark in marks if mark.content.get("external_id") == external_id]
    # Whatever a person did with the talk since then stands.
    if message.author is AuthorKind.BOT and own_marks and own_marks[-1] is marks[-1]:
        conversation.mode = Mode.BOT
    for gone in (echo, *own_marks):
        await announce(session, MessageRemoved, conversation, before=before, message=gone)
        before = counted_state(conversation)
        await session.delete(gone)
    if conversation.last_message_id == echo.id:
        conversation.last_message_at = None  # `message` takes its place
    await session.flush()


def _same_text(under_way: Sequence[Message], told: InboundMessage) -> Message | None:
    wanted = told.text.split()
    texts = (message for message in under_way if message.type != MessageType.IMAGE)
    return next((message for message in texts if message.text.split() == wanted), None)


async def _same_picture(
    session: AsyncSession, under_way: Sequence[Message], told: InboundMessage
) -> Message | None:
    """The one whose addresses the channel tells, else the first that is just being sent.

    The channel may rename a picture in a chat. One that has failed is known by its addresses
    alone: a person may have sent another in the channel's own app since.
    """
    pictures = [message for message in under_way if message.type == MessageType.IMAGE]
    if not pictures:
        return None
    addresses = set(told.content.get("sizes", {}).values())
    attached = await attachments.attachments_of_messages(
        session, [message.id for message in pictures]
    )
    for message in pictures:
        attachment = attached.get(message.id)
        if attachment and attachment.uploaded and addresses & set(attachment.uploaded["urls"]):
            return message
    return next((message for message in pictures if _is_being_sent(message, told)), None)


def _is_being_sent(message: Message, told: InboundMessage) -> bool:
    return (
        message.status is MessageStatus.QUEUED
        and message.attempted_at is not None
        and told.sent_at < message.attempted_at + _SENDING_TAKES
    )
