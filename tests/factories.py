"""Making what a test needs, by the same services that the product uses."""

from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from PIL import Image
from sqlalchemy import update

from besedka import jobs
from besedka.core import db, time
from besedka.identity import Role, User, Workspace
from besedka.identity import service as identity
from besedka.jobs import JobDefinition
from besedka.jobs.models import Job, JobState

PASSWORD = "пароль-для-проверок"


@lru_cache
def password_hash() -> str:
    """Weaker than the product's own, so that it takes no time."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: Any
) -> bytes:
    """The content of a picture's file."""
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


class Make:
    def __init__(self) -> None:
        self._numbers = count(1)

    async def workspace(self, *, name: str | None = None) -> Workspace:
        name = name or f"Компания {next(self._numbers)}"
        async with db.transaction() as session:
            return await identity.create_workspace(session, name=name, time_zone="Europe/Moscow")

    async def user(
        self,
        workspace: Workspace,
        *,
        role: Role = Role.MANAGER,
        name: str = "Ирина",
        email: str | None = None,
    ) -> User:
        """A user who logs in with PASSWORD."""
        email = email or f"user{next(self._numbers)}@example.com"
        async with db.transaction() as session:
            return await identity.add_user(
                session, workspace, email=email, name=name, password_hash=password_hash(), role=role
            )

    async def dead_job(
        self, definition: JobDefinition, account_id: str, *, workspace_id: UUID | None = None
    ) -> int:
        """A job that gave up, as the runner leaves it."""
        async with db.transaction() as session:
            job_id = await jobs.enqueue(
                session, definition, workspace_id=workspace_id, account_id=UUID(account_id)
            )
            assert job_id is not None
            await session.execute(
                update(Job)
                .where(Job.id == job_id)
                .values(
                    state=JobState.DEAD,
                    attempts=5,
                    error="KeyError: слова клиента",
                    died_at=time.now(),
                )
            )
        return job_id

    async def login(self, user: User, workspace: Workspace) -> str:
        """The token of an open session."""
        async with db.transaction() as session:
            return await identity.open_login(session, user, workspace)
