"""An Avito that answers as a test tells it, for what the simulator has no fault for."""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import httpx

from besedka.channels.adapters.avito import AvitoAdapter, paths
from besedka.channels.adapters.avito.paths import Operation

OWN_ID = "111000111"
BUYER_ID = "222000222"
CHAT_ID = "u2i-AbC~dEf_Gh1-Jk2Lm3Np4Q"
_OPERATIONS = [each for each in vars(paths).values() if isinstance(each, Operation)]


@dataclass
class Reply:
    status: int = 200
    body: Any = None
    """JSON, or bytes to answer as they are."""
    headers: dict[str, str] = field(default_factory=dict)

    def as_response(self, request: httpx.Request) -> httpx.Response:
        content = self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()
        return httpx.Response(self.status, content=content, headers=self.headers, request=request)


EXPIRED = Reply(403, {"result": {"status": False, "message": "access token expired"}})


class ScriptedAvito(httpx.AsyncBaseTransport):
    """Gives each operation its replies in turn, the last one for ever."""

    def __init__(self) -> None:
        self.requests: list[tuple[Operation, httpx.Request]] = []
        self._replies: dict[str, list[Reply | Exception]] = defaultdict(lambda: [Reply(body={})])
        self._tokens = 0
        self.expired_tokens: set[str] = set()
        self.on(paths.SELF, Reply(body={"id": int(OWN_ID), "name": "Автодвор"}))

    def on(self, operation: Operation, *replies: Reply | Exception) -> None:
        self._replies[operation.name] = list(replies)

    def asked(self, operation: Operation) -> list[httpx.Request]:
        return [request for asked, request in self.requests if asked is operation]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        operation = operation_of(request)
        self.requests.append((operation, request))
        if operation is paths.TOKEN and operation.name not in self._replies:
            self._tokens += 1
            body = {"access_token": f"token-{self._tokens}", "expires_in": 86400}
            return Reply(body=body).as_response(request)
        if request.headers.get("Authorization", "").removeprefix("Bearer ") in self.expired_tokens:
            return EXPIRED.as_response(request)
        replies = self._replies[operation.name]
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply.as_response(request)


def operation_of(request: httpx.Request) -> Operation:
    path = request.url.raw_path.partition(b"?")[0].decode()
    for operation in _OPERATIONS:
        pattern = re.sub(r"\{\w+\}", "[^/]+", operation.path)
        if operation.method == request.method and re.fullmatch(pattern, path):
            return operation
    raise AssertionError(f"{request.method} {path} is no known operation")


class Naps:
    """Stands in for sleeping, and remembers for how long."""

    def __init__(self) -> None:
        self.taken_s: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken_s.append(seconds)


def adapter_for(
    transport: httpx.AsyncBaseTransport,
    *,
    naps: Naps | None = None,
    user_id: str = OWN_ID,
    requests_per_s: float = 10_000,
    read_timeout_s: float = 15,
) -> AvitoAdapter:
    return AvitoAdapter(
        {"client_id": "id", "client_secret": "secret", "user_id": user_id},
        base_url="https://avito.test",
        requests_per_s=requests_per_s,
        transport=transport,
        read_timeout_s=read_timeout_s,
        sleep=naps or Naps(),
    )
