"""Passwords: argon2, off the event loop."""

import asyncio
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from besedka.identity.errors import PasswordTooWeak

SHORTEST_PASSWORD = 8

# OWASP's second choice for argon2id: a login takes about 20 ms and 19 MiB, which a small
# server can bear several times at once.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = 2
_turnstile: tuple[asyncio.AbstractEventLoop, asyncio.Semaphore] | None = None


def refuse_weak_password(password: str, *, email: str) -> None:
    """Raises PasswordTooWeak, which says what is wrong with it."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooWeak(f"Нужно не меньше {SHORTEST_PASSWORD} знаков.", rule="length")
    if password.isdecimal() or len(set(password)) < 3:
        raise PasswordTooWeak("Одних цифр или повторов мало, добавьте буквы.", rule="variety")
    if password.lower() in {email.lower(), email.lower().split("@")[0]}:
        raise PasswordTooWeak("Он совпадает с почтой.", rule="email")


async def hash_password(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(password: str, hashed: str | None) -> bool:
    """Whether the password is right. For an unknown user (None) it takes as long and is False."""
    async with _limit():
        return await asyncio.to_thread(_verify, password, hashed)


def needs_rehash(hashed: str) -> bool:
    return _hasher.check_needs_rehash(hashed)


def _verify(password: str, hashed: str | None) -> bool:
    try:
        _hasher.verify(hashed or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


@lru_cache
def _nobodys_hash() -> str:
    return _hasher.hash("nobody has this password")


def _limit() -> asyncio.Semaphore:
    # Strangers may ask for as many verifications as they like; memory for them is bounded.
    global _turnstile  # noqa: PLW0603 - one limit for the process, bound to its event loop
    loop = asyncio.get_running_loop()
    if _turnstile is None or _turnstile[0] is not loop:
        _turnstile = (loop, asyncio.Semaphore(_AT_ONCE))
    return _turnstile[1]
