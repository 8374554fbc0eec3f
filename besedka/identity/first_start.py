"""The first start: somebody must be able to log in."""

import secrets
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from besedka.core import db
from besedka.core.db import dialect
from besedka.core.settings import Settings
from besedka.identity import queries, service
from besedka.identity.errors import EmailTaken, PasswordTooWeak
from besedka.identity.models import Role
from besedka.identity.passwords import hash_password, refuse_weak_password

FALLBACK_EMAIL = "owner@besedka.local"


@dataclass(frozen=True, slots=True)
class FirstOwner:
    email: str
    password: str
    is_password_made_up: bool
    """Then it must be shown, once: nobody else knows it."""


async def claim_installation(session: AsyncSession) -> None:
    """Let nobody else make the first user until this transaction ends."""
    await dialect.lock_name(session, "identity.first_start")


async def ensure_owner(settings: Settings) -> FirstOwner | None:
    """Make the first workspace and its owner, if the settings name one.

    None if there is an owner already, or if one is made in the browser (`setup`). Raises
    PasswordTooWeak.
    """
    if not settings.owner_email and settings.owner_password is None:
        return None
    async with db.reading() as session:
        if await queries.has_owner(session):
            return None
    configured = settings.owner_password
    password = configured.get_secret_value() if configured else secrets.token_urlsafe(12)
    email = settings.owner_email or FALLBACK_EMAIL
    _refuse_weak(password, email=email)
    password_hash = await hash_password(password)
    try:
        async with db.transaction() as session:
            await claim_installation(session)
            if await queries.has_owner(session):
                return None
            workspace = await queries.first_workspace(session)
            if workspace is None:
                workspace = await service.create_workspace(
                    session, name=settings.workspace_name, time_zone=settings.time_zone
                )
            await service.add_user(
                session,
                workspace,
                email=email,
                name=settings.owner_name,
                password_hash=password_hash,
                role=Role.OWNER,
            )
    except (IntegrityError, EmailTaken):
        # Another process that starts at the same time was first; or somebody has that address who
        # is no owner, and then the browser makes one.
        return None
    return FirstOwner(email, password, is_password_made_up=configured is None)


def _refuse_weak(password: str, *, email: str) -> None:
    try:
        refuse_weak_password(password, email=email)
    except PasswordTooWeak as error:
        raise PasswordTooWeak(
            f"{error.detail} Задайте другой BESEDKA_OWNER_PASSWORD.", **error.facts
        ) from None
