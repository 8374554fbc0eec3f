"""Telling the echo of our own message from what a person wrote in the channel's own app."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import connections
from besedka.channels.adapters.base import InboundMessage, MessageType
from besedka.inbox import message_queries
from besedka.inbox.announcing import announce, counted_state, place_last
from besedka.inbox.attachments import queries as attachments
from besedka.inbox.delivery import note_failures
from besedka.inbox.events import MessageSent
from besedka.inbox.models import Conversation, Message, MessageStatus

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
