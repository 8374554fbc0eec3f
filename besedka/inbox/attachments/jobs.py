"""Cleaning up."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from besedka import jobs
from besedka.core import db, files, time
from besedka.inbox.attachments import queries
from besedka.inbox.models import ATTACHMENTS_FOLDER

UNSENT_FOR = timedelta(days=1)
_AT_ONCE = 200


@jobs.periodic(lambda: 3600)
@jobs.job("inbox.forget_unsent_pictures")
async def forget_unsent_pictures() -> None:
    """What was brought and never sent, and files that a killed process left without a row."""
    before = time.now() - UNSENT_FOR
    rows = _AT_ONCE
    while rows == _AT_ONCE:
        async with db.transaction() as session:
            unsent = await queries.unsent_attachments(session, before, limit=_AT_ONCE)
            rows = len(unsent)
            for attachment in unsent:
                await session.delete(attachment)
    # Only now that no row speaks of them any more.
    keys = await files.storage().keys_before(before, prefix=ATTACHMENTS_FOLDER)
    for start in range(0, len(keys), _AT_ONCE):
        await _delete_unknown(keys[start : start + _AT_ONCE])


async def _delete_unknown(keys: Iterable[str]) -> None:
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
