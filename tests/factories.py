"""Making what a test needs, by the same services that the product uses."""

from functools import lru_cache
from itertools import count

from argon2 import PasswordHasher

from besedka.core import db
from besedka.identity import Role, User, Workspace
from besedka.identity import service as identity

PASSWORD = "пароль-для-проверок"


@lru_cache
def password_hash() -> str:
    """Weaker than the product's own, so that it takes no time."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


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

    async def login(self, user: User, workspace: Workspace) -> str:
        """The token of an open session."""
        async with db.transaction() as session:
            return await identity.open_login(session, user, workspace)
