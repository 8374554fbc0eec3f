"""What surrounds every request, as plain ASGI: it costs microseconds, not a task each."""

import re
from collections.abc import Iterable
from time import perf_counter
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from besedka.core import metrics
from besedka.core.errors import PROBLEM_JSON, AppError, Forbidden

API_PREFIX = "/api/v1"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = _READING | {"POST", "PUT", "PATCH", "DELETE"}


class ForeignOrigin(Forbidden):
    code = "foreign_origin"
    title = "Запрос пришёл с чужого сайта"


class BodyTooLarge(AppError):
    code = "body_too_large"
    status = 413
    title = "Слишком большой запрос"


class OriginGuard:
    """Refuses changes that a page of another site asks the browser for.

    The session cookie is SameSite=Lax already; this also covers sites under the same domain.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        self.app = app
        self.allowed = frozenset(origin.rstrip("/").lower() for origin in allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] in _READING
            or not scope["path"].startswith("/api/")
            or self._is_own(Headers(scope=scope))
        ):
            await self.app(scope, receive, send)
            return
        await _refuse(ForeignOrigin(), scope, receive, send)

    def _is_own(self, headers: Headers) -> bool:
        origin = headers.get("origin")
        if origin is None:  # not a browser's page
            return True
        if origin.lower() in self.allowed:
            return True
        return origin != "null" and urlsplit(origin).netloc.lower() == headers.get("host", "")


class BodyLimit:
    """Refuses request bodies of the API that no honest client sends."""

    def __init__(
        self, app: ASGIApp, max_bytes: int, uploads: re.Pattern[str], max_upload_bytes: int
    ) -> None:
        """`uploads` are the paths that take files, and so larger bodies."""
        self.app = app
        self.max_bytes = max_bytes
        self.uploads = uploads
        self.max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        is_upload = self.uploads.fullmatch(scope["path"]) is not None
        most = self.max_upload_bytes if is_upload else self.max_bytes
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            await _refuse(BodyTooLarge(), scope, receive, send)
            return
        received = 0

        async def receive_counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > most:  # sent in pieces, without a declared length
                raise HTTPException(413, BodyTooLarge.title)
            return message

        await self.app(scope, receive_counted, send)


async def _refuse(error: AppError, scope: Scope, receive: Receive, send: Send) -> None:
    response = JSONResponse(error.as_problem(), error.status, media_type=PROBLEM_JSON)
    await response(scope, receive, send)


class Watch:
    """Counts and times requests, and adds the security headers to answers.

    Webhooks do not come here: their door stands in front and has metrics of its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = perf_counter()
        is_answered = False

        async def send_watched(message: Message) -> None:
            nonlocal is_answered
            if message["type"] == "http.response.start":
                is_answered = True
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                route = _route_of(scope)
                metrics.HTTP_REQUESTS.labels(_method_of(scope), route, message["status"]).inc()
                # At the first byte: a live stream's length says nothing about us.
                metrics.HTTP_SECONDS.labels(route).observe(perf_counter() - started)
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except Exception:
            if not is_answered:  # the answer to what nobody foresaw is given outside of us
                metrics.HTTP_REQUESTS.labels(_method_of(scope), _route_of(scope), 500).inc()
            raise


def _method_of(scope: Scope) -> str:
    """Strangers may send any word as a method; words of theirs must not become names either."""
    method: str = scope["method"]
    return method if method in _METHODS else "other"


def _route_of(scope: Scope) -> str:
    """The route's pattern; paths of strangers must not become names of metrics."""
    pattern: str | None = getattr(scope.get("route"), "path_format", None)
    if pattern is None:
        return "other"
    # FastAPI names the route as its router does, without the prefix.
    is_api = scope["path"].startswith(API_PREFIX) and not pattern.startswith(API_PREFIX)
    return f"{API_PREFIX}{pattern}" if is_api else pattern
