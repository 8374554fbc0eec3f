"""Server-sent events on the wire."""

from collections import OrderedDict
from collections.abc import Iterable

import orjson

from besedka.events.models import EventRow
from besedka.live.presence import Present

# Tells a browser how soon to come back after a break, in milliseconds.
RETRY = b"retry: 2000\n\n"
RELOAD = b"event: stream.reload\ndata: {}\n\n"
_KEPT = 2000


def heartbeat(*, is_behind: bool) -> bytes:
    """Said in silence. An event, not a comment: only so can a page see that it still comes."""
    return b"event: stream.alive\ndata: " + orjson.dumps({"behind": is_behind}) + b"\n\n"


def ready(sequence: int) -> bytes:
    return b"event: stream.ready\ndata: " + orjson.dumps({"seq": sequence}) + b"\n\n"


def presence(people: Iterable[Present]) -> bytes:
    """Everybody who is in a conversation. Without a number: it is no event to resume after."""
    told = [
        {
            "user_id": str(each.user_id),
            "name": each.name,
            "conversation_id": str(each.conversation_id),
            "state": each.state,
            "since": each.since,
        }
        for each in people
    ]
    return b"event: presence.changed\ndata: " + orjson.dumps({"people": told}) + b"\n\n"


class Frames:
    """Events as frames, each written once however many browsers watch."""

    def __init__(self) -> None:
        self._frames: OrderedDict[int, bytes] = OrderedDict()

    def of(self, row: EventRow) -> bytes:
        frame = self._frames.get(row.sequence)
        if frame is None:
            frame = self._frames[row.sequence] = _write(row)
            if len(self._frames) > _KEPT:
                self._frames.popitem(last=False)
        return frame


def _write(row: EventRow) -> bytes:
    data = {**row.payload, "seq": row.sequence, "type": row.type, "at": row.created_at}
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (
        row.sequence,
        row.type.encode(),
        orjson.dumps(data),
    )
