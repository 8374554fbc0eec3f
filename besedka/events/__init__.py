"""The event log: one writer's transaction, many readers.

await events.publish(session, MessageReceived(...))

@events.subscribes(MessageReceived)
async def start_turn(session: AsyncSession, event: MessageReceived) -> None: ...
"""

from besedka.events.base import Event
from besedka.events.feed import Aside, EventFeed, FellBehind, Listener, ListenerClosed
from besedka.events.service import publish, subscribes

__all__ = [
    "Aside",
    "Event",
    "EventFeed",
    "FellBehind",
    "Listener",
    "ListenerClosed",
    "publish",
    "subscribes",
]
