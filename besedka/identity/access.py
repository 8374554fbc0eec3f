"""What routes ask for: the actor of the request, with the role they need."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request

from besedka.core import crypto, db, time
from besedka.identity import queries, service
from besedka.identity.actor import Actor
from besedka.identity.errors import LoginNeeded
from besedka.identity.models import Role

SESSION_COOKIE = "besedka_session"
_SEEN_EVERY = timedelta(minutes=5)


def session_fingerprint(request: Request) -> str:
    """Raises LoginNeeded when the request brings no session."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise LoginNeeded
    return crypto.fingerprint(token)


async def current_actor(request: Request) -> Actor:
    fingerprint = session_fingerprint(request)
    # A session of its own, closed at once: holding one connection while waiting for a second
    # is how a pool starves.
    async with db.reading() as session:
        login = await queries.find_login(session, fingerprint)
    if login is None:
        raise LoginNeeded
    if time.now() - login.last_seen_at > _SEEN_EVERY:
        async with db.transaction() as session:
            await service.mark_seen(session, login.actor, fingerprint)
    return login.actor


def require(role: Role) -> Callable[[Actor], Awaitable[Actor]]:
    """A dependency: the actor, whose role must include `role`. Raises NotAllowed."""

    async def actor_with_role(actor: Annotated[Actor, Depends(current_actor)]) -> Actor:
        actor.must_be(role)
        return actor

    return actor_with_role


CurrentActor = Annotated[Actor, Depends(current_actor)]
"""Anyone who is logged in: for reading."""
ManagerActor = Annotated[Actor, Depends(require(Role.MANAGER))]
"""For answering customers."""
AdminActor = Annotated[Actor, Depends(require(Role.ADMIN))]
"""For channels and settings."""
OwnerActor = Annotated[Actor, Depends(require(Role.OWNER))]
