"""One browser's stream: what it missed, then what happens."""

from collections.abc import AsyncIterator
from uuid import UUID

from besedka.core import db
from besedka.events import Aside, EventFeed, FellBehind, ListenerClosed
from besedka.events import service as events
from besedka.events.models import EventRow
from besedka.live import frames
from besedka.live.frames import Frames
from besedka.live.presence import Presence
from besedka.live.readers import Readers

HEARTBEAT_S = 15.0
MOST_MISSED = 5000
PRESENCE_TOPIC = "inbox"


class Live:
    """What the streams of one process share."""

    def __init__(self, feed: EventFeed) -> None:
        self.feed = feed
        self.frames = Frames()
        self.presence = Presence(self._tell_presence)
        self.readers = Readers(self.presence)

    async def stream(
        self,
        *,
        fingerprint: str,
        workspace_id: UUID,
        topic: str,
        after: int | None,
        heartbeat_s: float = HEARTBEAT_S,
    ) -> AsyncIterator[bytes]:
        """Frames of the events above `after`, or from now on. Holds no database session."""
        async with self.feed.listening(workspace_id, topic) as listener:
            joined_at = self.feed.position
            with self.readers.reading(fingerprint, listener):
                yield frames.RETRY
                if after is not None and not await can_resume(workspace_id, topic, after):
                    yield frames.RELOAD
                    after = None
                position = joined_at if after is None else after
                people = self.presence.people(workspace_id) if topic == PRESENCE_TOPIC else []
                yield frames.ready(position) + (frames.presence(people) if people else b"")
                async for row in missed(workspace_id, topic, after=position, through=joined_at):
                    yield self.frames.of(row)
                    position = row.sequence
                try:
                    while True:
                        items = await listener.take(heartbeat_s)
                        written = self._written(items, above=position)
                        yield written or frames.heartbeat(is_behind=self.feed.is_behind)
                except FellBehind:
                    yield frames.RELOAD
                except ListenerClosed:
                    return

    def _tell_presence(self, workspace_id: UUID) -> None:
        frame = frames.presence(self.presence.people(workspace_id))
        self.feed.tell(workspace_id, PRESENCE_TOPIC, Aside(frame))

    def _written(self, items: list[EventRow | Aside], *, above: int) -> bytes:
        """One piece for all: each piece is a packet of its own on the wire."""
        return b"".join(
            item.data if isinstance(item, Aside) else self.frames.of(item)
            for item in items
            if isinstance(item, Aside) or item.sequence > above
        )


async def can_resume(workspace_id: UUID, topic: str, after: int) -> bool:
    async with db.reading() as session:
        return await events.is_readable_from(
            session, workspace_id, topic, after=after, at_most=MOST_MISSED
        )


async def missed(
    workspace_id: UUID, topic: str, *, after: int, through: int
) -> AsyncIterator[EventRow]:
    while after < through:
        async with db.reading() as session:
            rows = await events.read_topic(
                session, workspace_id, topic, after=after, through=through
            )
        for row in rows:
            yield row
        after = rows[-1].sequence if rows else through
