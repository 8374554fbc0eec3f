"""Live events for the buyer's window."""

import asyncio
from collections.abc import AsyncGenerator

import orjson

from besedka.simulators.avito.state import Chat, JsonObject, Message, World
from besedka.simulators.avito.views import chat_view, message_view

QUEUE_LIMIT = 2000
HEARTBEAT_S = 15.0


class Stream:
    def __init__(self, world: World) -> None:
        self.world = world
        self.queues: set[asyncio.Queue[bytes | None]] = set()

    def on_event(self, what: str, chat: Chat, message: Message | None) -> None:
        if not self.queues:
            return
        data: JsonObject = {"chat": chat_view(self.world, chat)}
        if message is not None:
            data["message"] = message_view(self.world, message)
        self.publish(what, data)

    def publish(self, what: str, data: JsonObject) -> None:
        packet = b"event: " + what.encode() + b"\ndata: " + orjson.dumps(data) + b"\n\n"
        for queue in list(self.queues):
            if queue.qsize() >= QUEUE_LIMIT:
                # A reader this far behind starts afresh: the browser reconnects and reloads.
                self.queues.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(packet)

    def close(self) -> None:
        for queue in self.queues:
            queue.put_nowait(None)

    async def packets(self) -> AsyncGenerator[bytes, None]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.queues.add(queue)
        try:
            yield b"retry: 1000\nevent: ready\ndata: {}\n\n"
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT_S):
                        packet = await queue.get()
                except TimeoutError:
                    packet = b": still here\n\n"
                if packet is None:
                    return
                yield packet
        finally:
            self.queues.discard(queue)
