"""Keeping pictures from when they are brought until they are sent, and after."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka.channels import connections
from besedka.channels.adapters.base import UploadedImage
from besedka.core import db, files, pictures, time
from besedka.core.ids import new_id
from besedka.core.uploads import Upload
from besedka.identity.actor import Actor
from besedka.inbox.attachments import queries
from besedka.inbox.errors import AttachmentAlreadySent, AttachmentNotFound, PicturesNotTaken
from besedka.inbox.models import Attachment, Conversation, Message
from besedka.inbox.queries import conversation_for


@dataclass(frozen=True, slots=True)
class StoredPicture:
    data: bytes
    media_type: str


async def attach_picture(
    actor: Actor, conversation_id: UUID, coming: AbstractAsyncContextManager[Upload]
) -> Attachment:
    """Keep a picture for sending. `coming` is read only when the actor may send one here.

    Takes its own short transactions: an upload may last for minutes. Raises
    ConversationNotFound, PicturesNotTaken, PictureRefused, StorageFull.
    """
    async with db.reading() as session:
        conversation = await conversation_for(session, actor, conversation_id)
        _refuse_if_not_taken(conversation)
    async with coming as upload:
        if upload.size > pictures.MAX_BYTES:
            raise pictures.PictureTooLarge
        picture = await pictures.take_picture(upload.file)
        name = upload.name
    attachment = Attachment(
        id=new_id(),
        workspace_id=actor.workspace_id,
        conversation_id=conversation_id,
        message_id=None,
        author_user_id=actor.user_id,
        name=name,
        media_type=picture.media_type,
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        uploaded=None,
        created_at=time.now(),
    )
    storage = files.storage()
    try:
        await storage.put(attachment.preview_key, picture.preview)
        await storage.put(attachment.key, picture.data)
        async with db.transaction() as session:
            session.add(attachment)
    except BaseException:
        await storage.delete(attachment.key)
        await storage.delete(attachment.preview_key)
        raise
    return attachment


async def read_picture(actor: Actor, attachment_id: UUID, *, is_preview: bool) -> StoredPicture:
    """Raises AttachmentNotFound, FileLost."""
    async with db.reading() as session:
        attachment = await queries.attachment_for(session, actor, attachment_id)
    key = attachment.preview_key if is_preview else attachment.key
    return StoredPicture(await files.storage().get(key), attachment.media_type)


async def pictures_to_send(
    session: AsyncSession, conversation: Conversation, ids: Sequence[UUID]
) -> list[Attachment]:
    """In the order of `ids`. The conversation is locked, so nobody sends them meanwhile.

    Raises AttachmentNotFound, AttachmentAlreadySent, PicturesNotTaken.
    """
    if not ids:
        return []
    _refuse_if_not_taken(conversation)
    known = await queries.attachments_of_conversation(session, conversation.id, ids)
    found: list[Attachment] = []
    for attachment_id in dict.fromkeys(ids):
        attachment = known.get(attachment_id)
        if attachment is None:
            raise AttachmentNotFound(attachment_id=attachment_id)
        if attachment.message_id is not None:
            raise AttachmentAlreadySent(attachment_id=attachment_id)
        found.append(attachment)
    return found


async def give_back(session: AsyncSession, messages: Sequence[Message]) -> None:
    """Let the pictures of messages that never left be sent with others."""
    ids = [message.id for message in messages]
    for attachment in (await queries.attachments_of_messages(session, ids)).values():
        attachment.message_id = None


async def picture_of(session: AsyncSession, message: Message) -> Attachment | None:
    return (await queries.attachments_of_messages(session, [message.id])).get(message.id)


def uploaded_image(attachment: Attachment) -> UploadedImage | None:
    """What the channel made of it, if it is there already."""
    if attachment.uploaded is None:
        return None
    return UploadedImage(attachment.uploaded["id"], frozenset(attachment.uploaded["urls"]))


def remember_upload(attachment: Attachment, image: UploadedImage | None) -> None:
    """None: what the channel has is of no use, so the next attempt uploads anew."""
    attachment.uploaded = {"id": image.id, "urls": sorted(image.urls)} if image else None


def _refuse_if_not_taken(conversation: Conversation) -> None:
    if not connections.adapter_of(conversation.account).capabilities.can_send_images:
        raise PicturesNotTaken(conversation_id=conversation.id)
