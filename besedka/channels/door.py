"""The door for webhooks, in front of everything else: `POST /hooks/{kind}/{secret}`.

Plain ASGI, because a channel waits two seconds and may send thousands at once: routing, dependency
injection and middleware would cost more than keeping the webhook.
"""

from collections.abc import Mapping
from functools import lru_cache
from time import perf_counter
from typing import Any

import orjson
from prometheus_client import Counter
from starlette.types import ASGIApp, Receive, Scope, Send

from besedka.channels.errors import WebhookTooLarge
from besedka.channels.intake import MAX_BODY_BYTES, Intake, IntakeUnavailable
from besedka.core import metrics
from besedka.core.errors import PROBLEM_JSON, AppError, NotFound
from besedka.core.logging import get_logger

log = get_logger(__name__)

PREFIX = "/hooks/"
_OK = b'{"ok":true}'
_EMPTY = (b"{}", b"")


class MethodNotAllowed(AppError):
    code = "method_not_allowed"
    status = 405
    title = "Сюда приходят только webhook каналов, методом POST"


class ClientGone(Exception):
    """The sender hung up before its request was whole; there is nobody to answer."""


class HookDoor:
    def __init__(self, app: ASGIApp, intake: Intake) -> None:
        self._app = app
        self._intake = intake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        try:
            await self._take(scope, receive)
        except AppError as error:
            await _answer(send, error.status, orjson.dumps(error.as_problem()), PROBLEM_JSON)
        except ClientGone:
            return
        except Exception as error:
            log.exception("door.failed", error=type(error).__name__)
            failed = IntakeUnavailable()
            await _answer(send, failed.status, orjson.dumps(failed.as_problem()), PROBLEM_JSON)
        else:
            await _answer(send, 200, _OK, "application/json")

    async def _take(self, scope: Scope, receive: Receive) -> None:
        """Keep the webhook; when this returns, it is on disk."""
        kind, _, secret = scope["path"].removeprefix(PREFIX).partition("/")
        if secret and scope["method"] != "POST":
            raise MethodNotAllowed
        account_id = self._intake.known_account(kind, secret)
        if account_id is None and secret:
            account_id = await self._intake.find_account(kind, secret)
        if account_id is None:
            metrics.WEBHOOKS.labels("unknown", "unknown_address").inc()
            raise NotFound
        body = await _read(receive)
        if body.strip() not in _EMPTY:
            started = perf_counter()
            await self._intake.store(account_id, body, _signature(scope))
            metrics.WEBHOOK_ACK_SECONDS.observe(perf_counter() - started)
            _stored_of(kind).inc()
        else:  # the channel asks whether we are there
            metrics.WEBHOOKS.labels(kind, "empty").inc()


@lru_cache
def _stored_of(kind: str) -> Counter:
    return metrics.WEBHOOKS.labels(kind, "stored")


async def _read(receive: Receive) -> bytes:
    chunks: list[bytes] = []
    size = 0
    while True:
        message: Mapping[str, Any] = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BODY_BYTES:
            raise WebhookTooLarge
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _signature(scope: Scope) -> str | None:
    """Channels sign in headers of their own; kept as evidence, since none publishes the key."""
    for name, value in scope["headers"]:
        if name.endswith(b"-signature"):
            signature: str = value[:128].decode("latin-1")
            return signature
    return None


async def _answer(send: Send, status: int, body: bytes, media_type: str) -> None:
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    if status == WebhookTooLarge.status:
        headers.append((b"connection", b"close"))  # the rest of the body is not read
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
