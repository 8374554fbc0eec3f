"""Cleaning up."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from besedka import jobs
from besedka.core import db, files, time
from besedka.inbox.attachments import queries
from besedka.inbox.models import ATTACHMENTS_FOLDER, Attachment

UNSENT_FOR = timedelta(days=1)
# Every picture ever sent is kept, so only these are compared with the rows. The walk is daily:
# each file is seen twice.
_STRAY_FOR = timedelta(days=3)
_AT_ONCE = 200


@jobs.periodic(lambda: 3600)
@jobs.job("inbox.forget_unsent_pictures")
async def forget_unsent_pictures() -> None:
    """What was brought and never sent."""
    before = time.now() - UNSENT_FOR
    while unsent := await _list_unsent(before):
        async with db.transaction() as session:
            ids = [attachment.id for attachment in unsent]
            gone = set(await queries.delete_unsent(session, before, ids))
        # Only now that no row speaks of them any more.
        await _delete_files([attachment for attachment in unsent if attachment.id in gone])


async def _list_unsent(before: datetime) -> Sequence[Attachment]:
    async with db.reading() as session:
        return await queries.unsent_attachments(session, before, limit=_AT_ONCE)


async def _delete_files(attachments: Sequence[Attachment]) -> None:
    for attachment in attachments:
        await files.storage().delete(attachment.key)
        await files.storage().delete(attachment.preview_key)


@jobs.periodic(lambda: 24 * 3600)
@jobs.job("inbox.remove_stray_pictures")
async def remove_stray_pictures() -> None:
    """Files that a killed process left without a row."""
    now = time.now()
    keys: list[str] = []
    async for key in files.storage().keys_between(
        now - _STRAY_FOR, now - UNSENT_FOR, prefix=ATTACHMENTS_FOLDER
    ):
        keys.append(key)
        if len(keys) == _AT_ONCE:
            await _delete_unknown(keys)
            keys = []
    await _delete_unknown(keys)


async def _delete_unknown(keys: Sequence[str]) -> None:
    by_key = {key: _id_in(key) for key in keys}
    async with db.reading() as session:
        known = await queries.known_ids(session, (found for found in by_key.values() if found))
    for key, attachment_id in by_key.items():
        if attachment_id is not None and attachment_id not in known:
            await files.storage().delete(key)


def _id_in(key: str) -> UUID | None:
    """None: not a file of ours."""
    try:
        return UUID(key.rpartition("/")[2].removesuffix("-preview"))
    except ValueError:
        return None
