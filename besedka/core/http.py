"""What routes ask for: the database session of the request."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db


async def writing_session() -> AsyncIterator[AsyncSession]:
    async with db.transaction() as session:
        yield session


async def reading_session() -> AsyncIterator[AsyncSession]:
    async with db.reading() as session:
        yield session


# scope="function" commits before the response is sent: a client told 201 can rely on it.
Session = Annotated[AsyncSession, Depends(writing_session, scope="function")]
ReadSession = Annotated[AsyncSession, Depends(reading_session, scope="function")]
