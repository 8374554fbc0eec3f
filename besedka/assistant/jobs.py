"""The agent's background work."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import jobs
from besedka.assistant import turns
from besedka.assistant.errors import ModelUnavailable
from besedka.jobs import running

MAX_ATTEMPTS = 3


async def _hand_over_dead(session: AsyncSession, conversation_id: UUID) -> None:
    await turns.give_up(session, conversation_id)


@jobs.job(
    "assistant.take_turn",
    queue="turn",
    max_attempts=MAX_ATTEMPTS,
    retry_on=(ModelUnavailable,),
    retry_base_s=2.5,
    on_dead=_hand_over_dead,
)
async def take_turn(conversation_id: UUID) -> None:
    mine = running.current.get()
    attempt = mine.job.attempts if mine else MAX_ATTEMPTS
    await turns.take_turn(conversation_id, is_last_attempt=attempt >= MAX_ATTEMPTS)
