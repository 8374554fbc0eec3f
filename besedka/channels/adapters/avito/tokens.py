"""Access tokens: kept while they live, renewed by one refresher at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from besedka.channels.adapters.avito.errors import KeysRejected, reason_of
from besedka.channels.adapters.avito.fields import read_number, read_text
from besedka.channels.adapters.base import ChannelUnavailable
from besedka.core.time import now

_LONGEST_MARGIN_S = 300.0
_ASSUMED_LIFE_S = 3600.0
_FRESH_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    value: str
    taken_at: datetime
    renew_at: datetime

    @property
    def is_fresh(self) -> bool:
        """Too young to have expired, so a refusal means missing rights."""
        return now() - self.taken_at < _FRESH_FOR


class Tokens:
    def __init__(self, ask: Callable[[], Awaitable[Any]]) -> None:
        self._ask = ask
        self._lock = asyncio.Lock()
        self._token: Token | None = None

    async def current(self) -> Token:
        token = self._token
        if token is not None and now() < token.renew_at:
            return token
        return await self.renewed(instead_of=token)

    async def renewed(self, *, instead_of: Token | None) -> Token:
        """A newer token than the given one; the first caller asks for it, the others wait."""
        async with self._lock:
            if self._token is None or self._token is instead_of:
                self._token = _read_token(await self._ask())
            return self._token


def _read_token(answer: Any) -> Token:
    value = read_text(answer, "access_token").strip()
    if not value:
        if isinstance(answer, dict):
            raise KeysRejected(reason=reason_of(answer))
        raise ChannelUnavailable(reason="the token answer is not JSON")
    life_s = read_number(answer, "expires_in")
    if life_s is None or not 0 < life_s < 10**9:
        life_s = _ASSUMED_LIFE_S
    margin_s = min(_LONGEST_MARGIN_S, life_s / 10)
    moment = now()
    return Token(value, moment, moment + timedelta(seconds=life_s - margin_s))
