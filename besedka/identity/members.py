"""Who belongs to a company, and as what."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from besedka import events
from besedka.identity import queries
from besedka.identity.actor import Actor
from besedka.identity.errors import LastOwner, MemberNotFound
from besedka.identity.events import MemberJoined, MemberRemoved, MemberUpdated
from besedka.identity.models import Invite, LoginSession, Membership, Role, Workspace
from besedka.identity.queries import Colleague


async def change_role(
    session: AsyncSession, actor: Actor, user_id: UUID, *, role: Role
) -> Colleague:
    """Open invites to more than the new role are withdrawn with it.

    Raises NotAllowed above the actor's own role, LastOwner, MemberNotFound.
    """
    membership = await _membership_for(session, actor, user_id)
    actor.must_be(membership.role)
    actor.must_be(role)
    if role is not membership.role:
        if membership.role is Role.OWNER:
            await _refuse_last_owner(session, actor)
        membership.role = role
        await _withdraw_invites(session, actor, user_id, above=role)
        await session.flush()
        await _publish(session, MemberUpdated, actor.workspace_id, user_id)
    return await _member(session, actor, user_id)


async def remove_member(session: AsyncSession, actor: Actor, user_id: UUID) -> None:
    """End the membership, its sessions and its open invites at once. What the person wrote keeps
    their name.

    Raises NotAllowed above the actor's own role, LastOwner, MemberNotFound.
    """
    membership = await _membership_for(session, actor, user_id)
    actor.must_be(membership.role)
    if membership.role is Role.OWNER:
        await _refuse_last_owner(session, actor)
    await session.delete(membership)
    await _withdraw_invites(session, actor, user_id, above=None)
    await session.execute(
        delete(LoginSession).where(
            LoginSession.user_id == user_id, LoginSession.workspace_id == actor.workspace_id
        )
    )
    await session.flush()
    await _publish(session, MemberRemoved, actor.workspace_id, user_id)


async def announce_joined(session: AsyncSession, workspace_id: UUID, user_id: UUID) -> None:
    await _publish(session, MemberJoined, workspace_id, user_id)


async def _membership_for(session: AsyncSession, actor: Actor, user_id: UUID) -> Membership:
    # One change of the team at a time: else two owners could each remove the other. The key is left
    # free, so that a login, which holds the membership, does not wait for us and we for it.
    await session.execute(
        select(Workspace.id)
        .where(Workspace.id == actor.workspace_id)
        .with_for_update(key_share=True)
    )
    membership = await session.get(
        Membership, (user_id, actor.workspace_id), populate_existing=True
    )
    if membership is None:
        raise MemberNotFound(user_id=user_id)
    return membership


async def _withdraw_invites(
    session: AsyncSession, actor: Actor, user_id: UUID, *, above: Role | None
) -> None:
    """Those that the person could not make any more: above that role, or all. Their links would
    outlive the power they came from."""
    kept = [] if above is None else [role for role in Role if above.includes(role)]
    await session.execute(
        delete(Invite).where(
            Invite.workspace_id == actor.workspace_id,
            Invite.invited_by_id == user_id,
            Invite.accepted_at.is_(None),
            Invite.role.not_in(kept),
        )
    )


async def _refuse_last_owner(session: AsyncSession, actor: Actor) -> None:
    owners = select(func.count()).where(
        Membership.workspace_id == actor.workspace_id, Membership.role == Role.OWNER
    )
    if await session.scalar(owners) == 1:
        raise LastOwner


async def _member(session: AsyncSession, actor: Actor, user_id: UUID) -> Colleague:
    member = await queries.find_colleague(session, actor, user_id)
    if member is None:
        raise MemberNotFound(user_id=user_id)
    return member


async def _publish(
    session: AsyncSession,
    event_type: type[MemberJoined | MemberUpdated | MemberRemoved],
    workspace_id: UUID,
    user_id: UUID,
) -> None:
    await events.publish(
        session,
        event_type(workspace_id=workspace_id, subject=f"user:{user_id}", user_id=user_id),
    )
