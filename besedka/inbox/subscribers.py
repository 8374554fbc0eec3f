"""What the inbox does about what happens in the rooms below it."""

from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events, jobs
from besedka.channels.receiver import register_receiver
from besedka.identity import queries as identity
from besedka.identity.events import MemberEvent, MemberRemoved, MemberUpdated
from besedka.identity.models import Role
from besedka.inbox import service
from besedka.inbox.releasing import release_talks

# It takes what channels bring. A module is a fine implementation of a protocol of functions.
register_receiver(service)


@events.subscribes(MemberRemoved)
async def release_talks_of_the_removed(session: AsyncSession, event: MemberRemoved) -> None:
    await _release_talks(session, event)


@events.subscribes(MemberUpdated)
async def release_talks_of_who_only_reads_now(session: AsyncSession, event: MemberUpdated) -> None:
    if not await identity.is_member_as(session, event.user_id, event.workspace_id, Role.MANAGER):
        await _release_talks(session, event)


async def _release_talks(session: AsyncSession, event: MemberEvent) -> None:
    await jobs.enqueue(
        session,
        release_talks,
        workspace_id=event.workspace_id,
        user_id=event.user_id,
    )
