"""Durable background work: the row is the job, the broker carries a hint.

@job("inbox.deliver_message", queue="deliver", max_attempts=8, retry_on=(ChannelUnavailable,))
async def deliver_message(message_id: UUID) -> None: ...

await jobs.enqueue(session, deliver_message, message_id=message.id, lane=conversation.lane)
"""

from besedka.jobs.errors import JobNotFound, LeaseLost, Retry
from besedka.jobs.registry import JobDefinition, job, periodic
from besedka.jobs.running import finish
from besedka.jobs.service import enqueue, hurry_lane

__all__ = [
    "JobDefinition",
    "JobNotFound",
    "LeaseLost",
    "Retry",
    "enqueue",
    "finish",
    "hurry_lane",
    "job",
    "periodic",
]
