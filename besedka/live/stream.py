"""One browser's stream: what it missed, then what happens."""

from collections.abc import AsyncIterator
from uuid import UUID

from besedka.core import db
from besedka.events import EventFeed, FellBehind, ListenerClosed
from besedka.events import service as events
from besedka.events.models import EventRow
from besedka.live import frames
from besedka.live.frames import Frames
from besedka.live.readers import Readers

HEARTBEAT_S = 15.0
MOST_MISSED = 5000


class Live:
    """What the streams of one process share."""

    def __init__(self, feed: EventFeed) -> None:
        self.feed = feed
        self.frames = Frames()
        self.readers = Readers()

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
                yield frames.ready(position)
                async for row in missed(workspace_id, topic, after=position, through=joined_at):
                    yield self.frames.of(row)
                    position = row.sequence
                try:
                    while True:
                        row_or_silence = await listener.get(heartbeat_s)
                        if row_or_silence is None:
                            yield frames.HEARTBEAT
                        elif row_or_silence.sequence > position:
                            yield self.frames.of(row_or_silence)
                except FellBehind:
                    yield frames.RELOAD
                except ListenerClosed:
                    return


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
