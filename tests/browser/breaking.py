"""A line between the browser and the server that breaks in every way a line can."""

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

_PIECE = 65_536
# The server asks browsers to wait two seconds; with that, a hundred breaks would take minutes.
_WAIT, _SHORT_WAIT = b"retry: 2000", b"retry:  100"


@dataclass(eq=False)
class Link:
    """One connection of the browser, and its other half to the server."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    is_stream: bool = False
    breaks_within_next_piece: bool = False
    delay_s: float = 0

    def abort(self) -> None:
        for writer in (self.client, self.server):
            writer.transport.abort()


@dataclass
class BreakingLine:
    """A TCP proxy. `cut` breaks something; `refuses` lets nobody connect."""

    target_port: int
    luck: random.Random = field(default_factory=lambda: random.Random(7))
    cuts: dict[str, int] = field(default_factory=dict)
    refuses: bool = False
    links: set[Link] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> "BreakingLine":
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for link in list(self.links):
            link.abort()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @property
    def streams(self) -> list[Link]:
        return [link for link in self.links if link.is_stream]

    def cut(self) -> bool:
        """Break a connection in some way, most often the event stream. False if there is none."""
        links = self.streams if self.luck.random() < 0.8 else list(self.links)
        if not links:
            return False
        link = self.luck.choice(links)
        how = self.luck.choice(["abort", "mid-frame", "delay"])
        self.cuts[how] = self.cuts.get(how, 0) + 1
        if how == "abort":
            link.abort()
        elif how == "mid-frame":
            link.breaks_within_next_piece = True
        else:  # what was under way arrives late, and then no more
            link.delay_s = self.luck.uniform(0.1, 0.5)
            link.breaks_within_next_piece = True
        return True

    async def _take(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        if self.refuses:
            client.transport.abort()
            return
        from_server, server = await asyncio.open_connection("127.0.0.1", self.target_port)
        link = Link(client, server)
        self.links.add(link)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._requests(link, reader))
                both.create_task(self._answers(link, from_server))
        except* (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.links.discard(link)
            link.abort()

    async def _requests(self, link: Link, reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(_PIECE):
            if piece.startswith(b"GET /"):
                link.is_stream = piece.startswith(b"GET /api/v1/streams/")
            link.server.write(piece)
            await link.server.drain()
        raise ConnectionResetError

    async def _answers(self, link: Link, reader: asyncio.StreamReader) -> None:
        while piece := await reader.read(_PIECE):
            written = piece.replace(_WAIT, _SHORT_WAIT)
            await asyncio.sleep(link.delay_s)
            if link.breaks_within_next_piece:
                link.client.write(written[: self.luck.randrange(len(written))])
                with contextlib.suppress(ConnectionError):
                    await link.client.drain()
                raise ConnectionResetError
            link.client.write(written)
            await link.client.drain()
        raise ConnectionResetError
