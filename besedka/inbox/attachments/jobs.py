"""Cleaning up."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
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
    while unsent := await _list_unsent(before):
        async with db.transaction() as session:
            await queries.delete_unsent(session, before, unsent)
    # Only now that no row speaks of them any more.
    keys = await files.storage().keys_before(before, prefix=ATTACHMENTS_FOLDER)
    for start in range(0, len(keys), _AT_ONCE):
        await _delete_unknown(keys[start : start + _AT_ONCE])


async def _list_unsent(before: datetime) -> Sequence[UUID]:
    async with db.reading() as session:
        return await queries.unsent_ids(session, before, limit=_AT_ONCE)


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
