"""The load generator counts what was acknowledged, and nothing else."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bench._load import WebhookRequest, _run

TEMPLATE = b'{"id":"%(message_id)b","chat_id":"%(chat_id)b","created":%(created)b}'


class Receiver:
    """Answers every request, every third with 503, in two pieces."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await self._head(reader):
            length = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0])
            self.bodies.append(await reader.readexactly(length))
            status = b"503 No" if len(self.bodies) % 3 == 0 else b"200 OK"
            writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-le")
            await asyncio.sleep(0)
            writer.write(b'ngth: 11\r\n\r\n{"ok":true}')
        writer.close()

    async def _head(self, reader: asyncio.StreamReader) -> bytes:
        try:
            return await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""


@pytest.fixture
async def receiver() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield receiver, f"http://127.0.0.1:{port}/hooks/avito/secret"
    server.close()
    await server.wait_closed()


async def test_only_200_counts_as_acknowledged(receiver: tuple[Receiver, str]) -> None:
    taken, url = receiver
    request = WebhookRequest(url, TEMPLATE, ("chat-1", "chat-2"))

    done = await _run(request, first=1, connections=4, seconds=0.2)

    assert len(done.acknowledged) + done.failed == len(taken.bodies)
    assert done.failed == len(taken.bodies) // 3
    assert len(set(done.acknowledged)) == len(done.acknowledged) == len(done.latencies_s)


async def test_every_request_is_another_message(receiver: tuple[Receiver, str]) -> None:
    taken, url = receiver

    await _run(WebhookRequest(url, TEMPLATE, ("chat-1",)), first=5, connections=2, seconds=0.1)

    assert len(set(taken.bodies)) == len(taken.bodies)
    assert b'"id":"%032x"' % 5 in b"".join(taken.bodies)
