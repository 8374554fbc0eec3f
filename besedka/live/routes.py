"""GET /streams/{topic}."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import StreamingResponse

from besedka.identity.access import CurrentActor, session_fingerprint
from besedka.live.errors import TopicNotFound
from besedka.live.stream import Live

router = APIRouter(tags=["live"])

TOPICS = frozenset({"inbox"})


class EventStream(StreamingResponse):
    media_type = "text/event-stream"


@router.get("/streams/{topic}", response_class=EventStream)
async def watch(
    topic: str,
    request: Request,
    actor: CurrentActor,
    last_event_id: Annotated[str | None, Header()] = None,
    from_query: Annotated[str | None, Query(alias="last_event_id")] = None,
) -> EventStream:
    """Server-sent events of a topic: `stream.ready`, then what was missed, then what happens."""
    if topic not in TOPICS:
        raise TopicNotFound(topic=topic)
    live: Live = request.app.state.live
    frames = live.stream(
        fingerprint=session_fingerprint(request),
        workspace_id=actor.workspace_id,
        topic=topic,
        after=_position(last_event_id or from_query),
    )
    # A proxy that buffers would hold events back until some kilobytes have gathered.
    return EventStream(frames, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


def _position(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
