"""Webhook intake: the raw event is on disk before the 200.

Webhooks that arrive while a commit runs are committed together by the next one, so the cost of
reaching the disk is shared (per-request commits are several times slower).
"""

import asyncio
import contextlib
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple, cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.exc import SQLAlchemyError

from besedka import jobs
from besedka.channels import queries
from besedka.channels.jobs import take_in
from besedka.channels.models import RawWebhook, WebhookState
from besedka.core import db, rush, time
from besedka.core.background import keep_running
from besedka.core.crypto import fingerprint
from besedka.core.errors import AppError
from besedka.core.logging import get_logger

log = get_logger(__name__)

MAX_BODY_BYTES = 2**20
_MAX_BATCH = 200
_HOOK_CACHE_S = 10


class IntakeUnavailable(AppError):
    code = "intake_unavailable"
    status = 503
    title = "Не удалось сохранить событие, повторите"


class Arrival(NamedTuple):
    account_id: UUID
    received_at: datetime
    body: bytes
    signature: str | None
    stored: asyncio.Future[None]


class Intake:
    """Writes arriving webhooks in group commits."""

    def __init__(self) -> None:
        self._arrivals: asyncio.Queue[Arrival] = asyncio.Queue()
        self._hooks: dict[tuple[str, str], tuple[float, UUID]] = {}
        self._closed = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = keep_running(self._commit_forever, name="channels.intake")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def known_account(self, kind: str, secret: str) -> UUID | None:
        """The account whose webhook address holds `secret`, if asked for in the last seconds.

        So other processes' disconnects are noticed after some seconds.
        """
        known = self._hooks.get((kind, secret))
        return known[1] if known is not None and known[0] > monotonic() else None

    async def find_account(self, kind: str, secret: str) -> UUID | None:
        """As `known_account`, from the database. Raises IntakeUnavailable."""
        key, closed = (kind, secret), self._closed
        try:
            async with db.reading() as session:
                account_id = await queries.find_by_hook(session, kind, fingerprint(secret))
        except (SQLAlchemyError, OSError) as error:
            log.error("intake.account_unknown", error=type(error).__name__)
            raise IntakeUnavailable from error
        if account_id is None:
            self._hooks.pop(key, None)
            return None
        if closed == self._closed:  # else this may be the address that was closed while we asked
            self._hooks[key] = (monotonic() + _HOOK_CACHE_S, account_id)
        return account_id

    def forget(self, account_id: UUID) -> None:
        """Close the account's address in this process at once."""
        self._closed += 1
        self._hooks = {key: known for key, known in self._hooks.items() if known[1] != account_id}

    async def store(self, account_id: UUID, body: bytes, signature: str | None) -> None:
        """Return when the webhook is durable. Raises IntakeUnavailable if it can't be."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrivals.put_nowait(Arrival(account_id, time.now(), body, signature, stored))
        await stored

    async def _commit_forever(self) -> None:
        while True:
            batch = [await self._arrivals.get()]
            try:
                await self._commit_stubbornly(batch)
            except (SQLAlchemyError, OSError) as error:
                log.error("intake.commit_failed", count=len(batch), error=type(error).__name__)
            else:
                rush.note_group(len(batch))
                for arrival in batch:
                    if not arrival.stored.done():
                        arrival.stored.set_result(None)
            finally:  # whatever went wrong: the channel must hear that we do not have these
                for arrival in batch:
                    if not arrival.stored.done():
                        arrival.stored.set_exception(IntakeUnavailable())

    async def _commit_stubbornly(self, batch: list[Arrival]) -> None:
        """Twice at the most: a deadlock or a lost connection is gone at the second try."""
        try:
            await self._commit(batch)
        except (SQLAlchemyError, OSError) as error:
            log.warning("intake.commit_repeated", count=len(batch), error=type(error).__name__)
            await self._commit(batch)

    async def _commit(self, batch: list[Arrival]) -> None:
        """Commit the batch, with whoever arrives before it is our turn to write."""
        async with db.writing() as connection:
            while len(batch) < _MAX_BATCH and not self._arrivals.empty():
                batch.append(self._arrivals.get_nowait())
            await connection.execute(_INSERT, [_row(arrival) for arrival in batch])
            # In one order everywhere, so that two processes do not wait for each other.
            for account_id in sorted({arrival.account_id for arrival in batch}):
                await enqueue_take_in(connection, account_id)


_INSERT = insert(cast(Table, RawWebhook.__table__))


def _row(arrival: Arrival) -> dict[str, Any]:
    return {
        "account_id": arrival.account_id,
        "received_at": arrival.received_at,
        "body": arrival.body,
        "signature": arrival.signature,
        "state": WebhookState.PENDING,
    }


async def enqueue_take_in(writer: db.Writer, account_id: UUID) -> None:
    # Moving the pending job, instead of leaving it, locks its row: a worker that is just
    # claiming it either sees our webhooks or leaves us a new job.
    name = f"take_in:{account_id}"
    # In a rush the job that runs finds them, or the sweeper does: a hint for each group would
    # only keep the writer from the next one.
    await jobs.enqueue(
        writer,
        take_in,
        key=name,
        lane=name,
        is_hinted=not rush.is_on(),
        account_id=account_id,
    )
