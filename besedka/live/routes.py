"""The event stream, and where people are."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import StreamingResponse

from besedka.core import time
from besedka.core.http import ReadSession
from besedka.identity.access import CurrentActor, ManagerActor, session_fingerprint
from besedka.inbox import queries as inbox
from besedka.live.errors import TopicNotFound
from besedka.live.presence import Present
from besedka.live.schemas import PresenceUpdate
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


@router.post("/presence", status_code=204)
async def tell_presence(
    data: PresenceUpdate, request: Request, session: ReadSession, actor: ManagerActor
) -> None:
    """Say where this tab's person is: on every change, and again every few seconds.

    Others of the company hear of it on their streams as `presence.changed`.
    """
    live: Live = request.app.state.live
    key = (session_fingerprint(request), data.tab)
    if data.conversation_id is None or actor.user_id is None:
        live.presence.leave(key)
        return
    if not live.presence.knows(key, data.conversation_id):
        await inbox.conversation_for(session, actor, data.conversation_id)
    now = time.now()
    live.presence.note(
        Present(
            workspace_id=actor.workspace_id,
            fingerprint=key[0],
            tab=key[1],
            user_id=actor.user_id,
            name=actor.name,
            conversation_id=data.conversation_id,
            state=data.state,
            since=now,
            seen_at=now,
        )
    )


def _position(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
