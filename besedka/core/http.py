"""What routes ask for: the request's database session and key, and whether anybody still waits."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db
from besedka.core.errors import AppError

T = TypeVar("T")


class ClientGone(AppError):
    """Nobody reads this: who asked has closed the connection."""

    code = "client_gone"
    status = 499
    title = "Запрос отменён"


async def writing_session() -> AsyncIterator[AsyncSession]:
    async with db.transaction() as session:
        yield session


async def reading_session() -> AsyncIterator[AsyncSession]:
    async with db.reading() as session:
        yield session


# scope="function" commits before the response is sent: a client told 201 can rely on it.
Session = Annotated[AsyncSession, Depends(writing_session, scope="function")]
ReadSession = Annotated[AsyncSession, Depends(reading_session, scope="function")]
IdempotencyKey = Annotated[str | None, Header(min_length=1, max_length=100)]


async def unless_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """The result of slow `work`, which is cancelled when whoever asked for it goes away."""
    task = asyncio.create_task(work)
    watch = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
            if task.cancelled():
                raise ClientGone
        return task.result()
    finally:
        watch.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    """Returns when the connection is closed. The body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
