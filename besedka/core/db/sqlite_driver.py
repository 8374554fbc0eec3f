"""aiosqlite without a change of thread for every statement.

aiosqlite hands each step of a statement (cursor, execute, fetch, close) to the connection's thread.
Most steps take microseconds; handing them over takes longer, and while the event loop is busy each
waits for the interpreter's lock besides. So steps run where they are asked for. The thread is for
what may take long: BEGIN IMMEDIATE while another process writes, and COMMIT, which waits for the
disk; whoever asks meanwhile, such as webhooks for the next group, goes on.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any

import aiosqlite

# SQLite tells more in the higher bits: recovering, holding a snapshot.
_PRIMARY_CODE = 0xFF
_ITER_CHUNK_SIZE = 64
_LONG_STATEMENTS = ("VACUUM", "PRAGMA", "COMMIT")


class Connection(aiosqlite.Connection):
    """`busy_s` is how long to wait, in the thread, for another process that writes."""

    def __init__(self, connector: Callable[[], sqlite3.Connection], busy_s: float) -> None:
        super().__init__(connector, _ITER_CHUNK_SIZE)
        self._thread.daemon = True
        self._busy_ms = round(busy_s * 1000)
        self._with_thread: deque[None] = deque()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        statement = args[0] if args and isinstance(args[0], str) else ""
        if self._connection is None or not self._running or self._with_thread:
            return await self._in_thread(fn, *args, **kwargs)
        if statement.startswith("BEGIN IMMEDIATE"):
            return await self._begin(fn, statement)
        if statement.startswith(_LONG_STATEMENTS) or fn in {self._conn.commit, self._conn.close}:
            return await self._in_thread(fn, *args, **kwargs)
        return fn(*args, **kwargs)

    async def _begin(self, execute: Callable[..., Any], statement: str) -> Any:
        try:
            self._wait_at_most(0)
            return execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY:
                raise
        finally:
            self._wait_at_most(self._busy_ms)
        return await self._in_thread(execute, statement)

    def _wait_at_most(self, milliseconds: int) -> None:
        self._conn.execute(f"PRAGMA busy_timeout = {milliseconds}").close()

    async def _in_thread(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run in the thread; what is asked for meanwhile queues up behind it."""
        is_taken = self._running and self._connection is not None

        def run() -> Any:
            try:
                return fn(*args, **kwargs)
            finally:
                self._with_thread.pop()

        if is_taken:
            self._with_thread.append(None)
        return await super()._execute(run)  # type: ignore[no-untyped-call]  # of theirs


def connect(database: str, *, timeout: float, **options: Any) -> Connection:
    """What SQLAlchemy asks for as `async_creator_fn`."""

    def open_file() -> sqlite3.Connection:
        options["check_same_thread"] = False
        opened: sqlite3.Connection = sqlite3.connect(database, timeout=timeout, **options)
        return opened

    return Connection(open_file, timeout)
