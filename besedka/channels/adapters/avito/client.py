"""Talking to Avito over HTTP: tokens, limits, repeats and what a lost answer means."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import httpx

from besedka.channels.adapters.avito import paths
from besedka.channels.adapters.avito.errors import (
    answer_of,
    error_for,
    failed_status,
    says_token_expired,
    server_time,
)
from besedka.channels.adapters.avito.limits import (
    LONGEST_WAIT_S,
    MAX_RETRIES,
    Limiter,
    backoff_s,
)
from besedka.channels.adapters.avito.paths import Operation
from besedka.channels.adapters.avito.tokens import Token, Tokens
from besedka.channels.adapters.base import (
    ChannelError,
    ChannelUnavailable,
    OutcomeUnknown,
    RateLimited,
)
from besedka.core import metrics
from besedka.core.logging import get_logger
from besedka.core.time import now

log = get_logger(__name__)

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 15.0
UPLOAD_TIMEOUT_S = 120.0
# 25 a minute is documented; three at once and the rest evenly keeps below it.
_ITEMS_PER_S = 22 / 60
_ITEMS_BURST = 3
# Failures before the first byte of the request: surely nothing was delivered.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


class AvitoClient:
    def __init__(
        self,
        *,
        base_url: str,
        client_id: str,
        client_secret: str,
        requests_per_s: float,
        transport: httpx.AsyncBaseTransport | None = None,
        read_timeout_s: float = READ_TIMEOUT_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._keys = {"client_id": client_id, "client_secret": client_secret}
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(read_timeout_s, connect=CONNECT_TIMEOUT_S),
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=5),
            headers={"Accept": "application/json", "User-Agent": "Besedka"},
            transport=transport,
        )
        self._read_timeout_s = read_timeout_s
        self._sleep = sleep
        self._limiter = Limiter(requests_per_s)
        self._items_limiter = Limiter(min(requests_per_s, _ITEMS_PER_S), burst=_ITEMS_BURST)
        self._tokens = Tokens(self._ask_token)
        self.clock_lag = timedelta()
        """How far Avito's clock is behind ours, as its answers show."""

    async def aclose(self) -> None:
        await self._http.aclose()

    async def authorise(self) -> None:
        """Have a token, which the next call takes along. Raises ChannelError."""
        await self._tokens.current()

    async def call(
        self,
        operation: Operation,
        *,
        ids: Mapping[str, str] | None = None,
        params: Mapping[str, str | int | list[str]] | None = None,
        json: Any = None,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Any:
        """The JSON of the answer. Raises ChannelError; repeats only what is safe to repeat."""
        url = self._base_url + operation.url(**(ids or {}))
        token = await self._tokens.current()
        was_renewed = False
        attempt = 0
        while True:
            request = self._http.build_request(
                operation.method,
                url,
                params=params,
                json=json,
                files=files,
                headers={"Authorization": f"Bearer {token.value}"},
            )
            try:
                status, answer, headers = await self._exchange(operation, request)
                if status is None:
                    return answer
                if not was_renewed and _needs_renewal(status, answer, token):
                    log.info("avito.token_refused", operation=operation.name, status=status)
                    token = await self._tokens.renewed(instead_of=token)
                    was_renewed = True
                    continue
                raise error_for(operation, status, answer, headers)
            except ChannelUnavailable as error:
                await self._wait_to_repeat(operation, error, attempt)
                attempt += 1

    async def _ask_token(self) -> Any:
        form = {"grant_type": "client_credentials"} | self._keys
        attempt = 0
        while True:
            request = self._http.build_request(
                "POST", self._base_url + paths.TOKEN.url(), data=form
            )
            try:
                status, answer, headers = await self._exchange(paths.TOKEN, request)
                if status is None:
                    return answer
                raise error_for(paths.TOKEN, status, answer, headers)
            except ChannelUnavailable as error:
                await self._wait_to_repeat(paths.TOKEN, error, attempt)
                attempt += 1

    async def _exchange(
        self, operation: Operation, request: httpx.Request
    ) -> tuple[int | None, Any, httpx.Headers]:
        """One request under the limits: the status when it failed, the answer, the headers."""
        limiter = self._items_limiter if operation.is_scarce else self._limiter
        async with limiter.place(is_urgent=operation.is_delivery or operation is paths.TOKEN):
            started = time.perf_counter()
            result = "lost"
            try:
                async with asyncio.timeout(self._deadline_s(operation)):
                    response = await self._http.send(request)
                result = str(response.status_code)
            except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
                raise _lost(operation, error) from error
            finally:
                metrics.CHANNEL_REQUESTS.labels("avito", operation.name, result).inc()
                metrics.CHANNEL_REQUEST_SECONDS.labels("avito").observe(
                    time.perf_counter() - started
                )
            limiter.heed(response.status_code, response.headers)
        self._compare_clocks(response.headers)
        answer = answer_of(response)
        return failed_status(response, answer), answer, response.headers

    async def _wait_to_repeat(
        self, operation: Operation, error: ChannelUnavailable, attempt: int
    ) -> None:
        """Sit out the backoff, or raise the error when repeating is unsafe or pointless."""
        asked_s = error.retry_after_s if isinstance(error, RateLimited) else None
        if (
            not operation.is_repeatable
            or attempt >= MAX_RETRIES
            or (asked_s is not None and asked_s > LONGEST_WAIT_S)
        ):
            log.warning(
                "avito.request_failed", operation=operation.name, code=error.code, attempt=attempt
            )
            raise error
        await self._sleep(backoff_s(attempt, asked_s))

    def _deadline_s(self, operation: Operation) -> float:
        # The library's own time-out starts anew with every received byte.
        if operation is paths.UPLOAD_IMAGE:
            return UPLOAD_TIMEOUT_S
        return CONNECT_TIMEOUT_S + self._read_timeout_s

    def _compare_clocks(self, headers: httpx.Headers) -> None:
        moment = server_time(headers)
        if moment is not None:
            self.clock_lag = now() - moment


def _needs_renewal(status: int, answer: Any, token: Token) -> bool:
    # Avito's manual says that an expired token gets 403, without saying with which words, so an
    # old token is renewed on any 403.
    return says_token_expired(status, answer) or (status == 403 and not token.is_fresh)


def _lost(operation: Operation, error: Exception) -> ChannelError:
    reason = type(error).__name__
    log.warning("avito.answer_lost", operation=operation.name, reason=reason)
    if operation.is_delivery and not isinstance(error, _NEVER_SENT):
        return OutcomeUnknown(reason=reason)
    return ChannelUnavailable(reason=reason)
