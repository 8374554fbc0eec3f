"""What makes the agent take a turn."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events, jobs
from besedka.assistant import queries
from besedka.assistant.jobs import take_turn
from besedka.core import time
from besedka.inbox.events import MessageReceived, ReturnedToBot


@events.subscribes(MessageReceived)
async def wait_for_silence(session: AsyncSession, event: MessageReceived) -> None:
    """Each new message of a burst moves the turn."""
    if event.needs_turn:
        debounce_s = await queries.debounce_of(session, event.workspace_id)
        await _plan(session, event.workspace_id, event.conversation_id, after_s=debounce_s)


@events.subscribes(ReturnedToBot)
async def answer_what_waits(session: AsyncSession, event: ReturnedToBot) -> None:
    if event.needs_answer:
        await _plan(session, event.workspace_id, event.conversation_id, after_s=0)


async def _plan(
    session: AsyncSession, workspace_id: UUID, conversation_id: UUID, *, after_s: float
) -> None:
    key = f"turn:{conversation_id}"
    await jobs.enqueue(
        session,
        take_turn,
        run_at=time.now() + timedelta(seconds=after_s),
        key=key,
        lane=key,
        workspace_id=workspace_id,
        conversation_id=conversation_id,
    )
