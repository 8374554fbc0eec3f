"""Writing jobs: enqueue, claim, end, revive."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from besedka.core import db, time
from besedka.core.db import dialect
from besedka.jobs import lanes
from besedka.jobs.arguments import Argument, pack
from besedka.jobs.errors import JobNotFound, LeaseLost
from besedka.jobs.hints import hint_after_commit
from besedka.jobs.models import Job, JobState
from besedka.jobs.registry import JobDefinition

_jobs = cast(Table, Job.__table__)
# Built once: building it costs several times what running it does.
_COMPLETE = (
    delete(_jobs)
    .where(_jobs.c.id == bindparam("job_id"), _jobs.c.lease_token == bindparam("token"))
    .returning(_jobs.c.id)
)
_soon = bindparam("soon", type_=_jobs.c.run_at.type)
_HURRY = (
    update(_jobs)
    .where(
        _jobs.c.lane == bindparam("in_lane"),
        _jobs.c.state == JobState.PENDING,
        _jobs.c.run_at > _soon,
        _jobs.c.attempts > 0,
    )
    .values(run_at=_soon)
    .returning(_jobs.c.id, _jobs.c.queue)
)


async def enqueue(
    writer: db.Writer,
    definition: JobDefinition,
    *,
    run_at: datetime | None = None,
    lane: str | None = None,
    key: str | None = None,
    moves: bool = True,
    is_hinted: bool = True,
    workspace_id: UUID | None = None,
    **args: Argument,
) -> int | None:
    """Write a job in the caller's transaction and return its id.

    Jobs of one `lane` run one at a time, in order. Of one `key` at most one is pending:
    enqueueing again moves it to the new time and arguments, or with `moves=False` changes
    nothing and returns None. Without a hint the sweeper finds it, some seconds later.
    """
    now = time.now()
    due = run_at or now
    row = {
        "name": definition.name,
        "queue": definition.queue,
        "args": pack(args),
        "workspace_id": workspace_id,
        "lane": lane,
        "key": key,
        "state": JobState.PENDING,
        "run_at": due,
        "attempts": 0,
        "created_at": now,
    }
    statement = _insert_statement(
        dialect.is_sqlite(writer), _OnConflict.of(has_key=key is not None, moves=moves)
    )
    job_id = (await writer.execute(statement, row)).scalar_one_or_none()
    if job_id is not None and is_hinted:
        hint_after_commit(writer, job_id, definition.queue, due)
    return job_id


class _OnConflict(Enum):
    CANNOT_BE = auto()
    MOVE = auto()
    LEAVE = auto()

    @classmethod
    def of(cls, *, has_key: bool, moves: bool) -> "_OnConflict":
        if not has_key:
            return cls.CANNOT_BE
        return cls.MOVE if moves else cls.LEAVE


@lru_cache
def _insert_statement(is_sqlite: bool, on_conflict: _OnConflict) -> ReturningInsert[int]:
    """Built once: building it costs several times what running it does."""
    statement = dialect.insert_into(Job, is_sqlite=is_sqlite)
    pending = text("state = 'pending'")
    if on_conflict is _OnConflict.MOVE:
        new = statement.excluded
        statement = statement.on_conflict_do_update(
            index_elements=["key"],
            index_where=pending,
            set_={"run_at": new.run_at, "args": new.args, "attempts": 0, "error": None},
        )
    elif on_conflict is _OnConflict.LEAVE:
        statement = statement.on_conflict_do_nothing(index_elements=["key"], index_where=pending)
    return statement.returning(Job.id)


async def hurry_lane(session: AsyncSession, lane: str, *, within_s: float) -> None:
    """Let what waits in the lane for another try be tried soon: something new stands behind it.

    What was never tried is not late: it was enqueued for its time.
    """
    soon = time.now() + timedelta(seconds=within_s)
    hurried = await session.execute(_HURRY, {"in_lane": lane, "soon": soon})
    for job_id, queue in hurried:
        hint_after_commit(session, job_id, queue, soon)


async def complete(
    session: AsyncSession, job_id: int, lease_token: UUID, *, lane: str | None
) -> None:
    """Delete a finished job. Raises LeaseLost if another worker has it by now."""
    await lanes.lock(session, lane)
    done = await session.execute(_COMPLETE, {"job_id": job_id, "token": lease_token})
    if done.first() is None:
        raise LeaseLost(job_id=job_id)
    await lanes.hint_next(session, lane)


async def put_back(session: AsyncSession, job: Job, *, run_at: datetime, counts: bool) -> None:
    """Let a job run again at `run_at`; `counts` says whether this try was a failed attempt.

    A job enqueued under the same key meanwhile takes this one's place.
    """
    changes = {"run_at": run_at, "attempts": job.attempts if counts else job.attempts - 1}
    leased = (Job.id == job.id, Job.lease_token == job.lease_token)
    match await _make_pending(session, *leased, **changes, error=job.error):
        case _Pending.YES:
            hint_after_commit(session, job.id, job.queue, run_at)
        case _Pending.ANOTHER_WAITS:
            await complete(session, job.id, _token(job), lane=job.lane)
        case _Pending.GONE:
            raise LeaseLost(job_id=job.id)


class _Pending(Enum):
    YES = auto()
    GONE = auto()
    ANOTHER_WAITS = auto()


async def _make_pending(
    session: AsyncSession, *which: ColumnElement[bool], **changes: Any
) -> _Pending:
    """Only the index knows whether another job of the key waits: it may not be committed yet."""
    statement = (
        update(Job)
        .where(*which)
        .values(
            state=JobState.PENDING, lease_token=None, leased_until=None, leased_by=None, **changes
        )
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    try:
        async with session.begin_nested():
            moved = (await session.execute(statement)).first()
    except IntegrityError:
        return _Pending.ANOTHER_WAITS
    return _Pending.GONE if moved is None else _Pending.YES


async def bury(session: AsyncSession, job: Job) -> None:
    """Give a job up: it stays, visible, until a person retries it."""
    await lanes.lock(session, job.lane)
    buried = await session.execute(
        update(Job)
        .where(Job.id == job.id, Job.lease_token == job.lease_token)
        .values(
            state=JobState.DEAD,
            lease_token=None,
            leased_until=None,
            leased_by=None,
            error=job.error,
            died_at=time.now(),
        )
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    if buried.first() is None:
        raise LeaseLost(job_id=job.id)
    await lanes.hint_next(session, job.lane)


def of_workspace(workspace_id: UUID, account_ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Which jobs are a workspace's: its own, and those of nobody that work on its accounts."""
    account_id = Job.args["account_id"].as_string()
    of_account = and_(Job.workspace_id.is_(None), account_id.in_(map(str, account_ids)))
    return or_(Job.workspace_id == workspace_id, of_account)


async def count_by_state(session: AsyncSession, *which: ColumnElement[bool]) -> dict[JobState, int]:
    rows = await session.execute(select(Job.state, func.count()).where(*which).group_by(Job.state))
    return {row[0]: row[1] for row in rows}


async def list_dead(
    session: AsyncSession, *which: ColumnElement[bool], limit: int = 100
) -> list[Job]:
    """Newest first."""
    statement = (
        select(Job)
        .where(Job.state == JobState.DEAD, *which)
        .order_by(Job.died_at.desc(), Job.id.desc())
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def list_dead_ids(session: AsyncSession, *which: ColumnElement[bool]) -> list[int]:
    """All of them, in the order in which they were written."""
    statement = select(Job.id).where(Job.state == JobState.DEAD, *which).order_by(Job.id)
    return list(await session.scalars(statement))


async def retry_dead(session: AsyncSession, job_id: int) -> None:
    """Run a dead job again, now. Raises JobNotFound."""
    if not await _revive(session, job_id):
        raise JobNotFound(job_id=job_id)


async def retry_all_dead(session: AsyncSession, job_ids: Sequence[int]) -> int:
    """How many of them run again: what is not dead any more is left as it is."""
    return sum([await _revive(session, job_id) for job_id in job_ids])


async def _revive(session: AsyncSession, job_id: int) -> bool:
    now = time.now()
    job = await session.get(Job, job_id)
    if job is None:
        return False
    dead = (Job.id == job_id, Job.state == JobState.DEAD)
    match await _make_pending(session, *dead, attempts=0, run_at=now, died_at=None):
        case _Pending.YES:
            hint_after_commit(session, job.id, job.queue, now)
        case _Pending.ANOTHER_WAITS:
            await session.execute(delete(Job).where(*dead))
        case _Pending.GONE:
            return False
    return True


def _token(job: Job) -> UUID:
    if job.lease_token is None:
        raise LeaseLost(job_id=job.id)
    return job.lease_token
